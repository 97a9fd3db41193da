"""What failed: reduced to the alterations that matter, written to a file, and how to do it again."""

import json
import re
import traceback
from dataclasses import MISSING, asdict, fields
from pathlib import Path

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.fuzzing.external.server import Gone
from simulator.fuzzing.own_bug import own_bug
from simulator.mutation import properties
from simulator.mutation.cases import Case, Shot, Target
from simulator.printable import printable
from simulator.trace.saving import replace_file, unwritable

_ODD = re.compile(r"[^a-zA-Z0-9.]+")
_LONGEST = 200
"""Characters of what is said of a file that holds something else."""
FOLDER = "findings"
"""Where their files are, in the folder of the results."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One failed case; `environment` is its name, None for targets that need none."""

    target: str
    environment: str | None
    seed: str
    number: int
    case: str
    altered: str
    error: str
    trace: str
    shot: Shot
    over: str | None = None
    """The file that says where the server is, if it is somebody else's."""

    def __str__(self) -> str:
        where = f" in {self.environment}" if self.environment else ""
        lines = [
            f"{self.target}{where}, case {self.number} of seed {self.seed}: {self.error}",
            f"  {self.case}: {self.altered}",
            f"  {json.dumps({**asdict(self), 'trace': ''})}",
            self.trace,
        ]
        return "\n".join(lines)

    @property
    def file_name(self) -> str:
        """Its file below the folder."""
        words = (self.target, self.environment or "", self.seed, str(self.number))
        return f"{_ODD.sub('-', '-'.join(filter(None, words)))}.json"

    @property
    def kind(self) -> str:
        """Equal for findings that are likely the same: what was raised where; of somebody else's server, of which no
        frame is to be seen, at which endpoint or in which HTTP version.
        """
        if self.over is not None:
            return f"{self.error.split(':')[0]} at {self.shot.get('endpoint') or self.shot.get('alpn')}"
        lines = [line.strip() for line in self.trace.splitlines() if line.strip().startswith("File ")]
        lines = [line for line in lines if properties.__file__ not in line]
        return f"{self.error.split(':')[0]} in {_place(lines[-1]) if lines else 'no frame'}"

    def save(self, folder: Path) -> Path:
        """Write it down. Raises SimulatorError."""
        path = folder / self.file_name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            replace_file(path, (json.dumps(asdict(self), indent=1).encode(),))
        except OSError as error:
            raise unwritable(path, error) from error
        return path


def _place(line: str) -> str:
    """Of a line of a traceback, `File "/x/y/simulator/net/http.py", line 7, in read`: the file's name and the function,
    which stay the same when lines above are changed.
    """
    file, _, function = line.partition(", line ")
    return f"{Path(file.removeprefix('File ').strip(chr(34))).name} {function.partition(', in ')[2]}"


def load(path: Path) -> Finding:
    """What `save` has written. Raises SimulatorError for what is none."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SimulatorError(f"{path} can't be read: {error.strerror}") from None
    except ValueError as error:
        raise SimulatorError(f"{path}: this is no finding: {error}") from None
    if not isinstance(values, dict):
        raise SimulatorError(f"{path}: this is no finding: it is no object of JSON")
    known = {field.name: field.default is MISSING for field in fields(Finding)}
    lacking = [name for name, needed in known.items() if needed and name not in values]
    unknown = [name for name in values if name not in known]
    if lacking or unknown:
        words = f"it has no {', '.join(lacking)}" if lacking else f"nobody knows its {', '.join(unknown)}"
        raise SimulatorError(f"{path}: this is no finding: {printable(words, _LONGEST)}")
    return Finding(**values)


async def failure(target: Target, shot: Shot) -> Exception | None:
    """What the target raises for a shot, if anything. Raises what an OwnBug is in, and Gone: that says nothing of the
    shot.
    """
    try:
        await target.fire(shot)
    except Gone:
        raise
    except Exception as error:  # whatever else it is, it is found
        if own_bug(error) is not None:
            raise
        return error
    return None


async def reduced(target: Target, case: Case) -> tuple[Case, Exception] | None:
    """The case with as few alterations as still make it fail; None if it can't be made to fail again."""
    error = await failure(target, target.shot(case))
    if error is None:
        return None
    for smaller in case.smaller():
        if (found := await reduced(target, smaller)) is not None:
            return found
    return case, error


def described(error: Exception) -> tuple[str, str]:
    """An exception in a line, and its traceback."""
    return f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error))
