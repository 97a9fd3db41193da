"""What failed: reduced to the alterations that matter, written to a file, and how to do it again."""

import json
import traceback
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tests.fuzz.cases import Case, Shot, Target

FOLDER = Path(".fuzz")
"""Where findings go by default."""


@dataclass(frozen=True)
class Finding:
    """One failed case; `environment` is the index of its kind of environment, None for targets that need none."""

    target: str
    environment: int | None
    seed: str
    number: int
    case: str
    altered: str
    error: str
    trace: str
    shot: Shot

    def __str__(self) -> str:
        lines = [
            f"{self.target} case {self.number} of seed {self.seed}: {self.error}",
            f"  {self.case}: {self.altered}",
            f"  again, with this as {self.file_name}: python -m tests.fuzz --replay {self.file_name}",
            f"  {json.dumps(asdict(replace(self, trace='')))}",
            self.trace,
        ]
        return "\n".join(lines)

    @property
    def file_name(self) -> str:
        """Its file below the folder."""
        return f"{self.target}-{self.seed}-{self.number}.json"

    @property
    def kind(self) -> str:
        """Equal for findings that are likely the same."""
        lines = [line.strip() for line in self.trace.splitlines() if line.strip().startswith("File ")]
        return f"{self.target} {self.error.split(':')[0]} {lines[-1] if lines else ''}"

    def save(self, folder: Path) -> Path:
        """Write it down."""
        folder.mkdir(exist_ok=True)
        path = folder / self.file_name
        path.write_text(json.dumps(asdict(self), indent=1))
        return path


def load(path: Path) -> Finding:
    """What `save` has written."""
    values: dict[str, Any] = json.loads(path.read_text())
    return Finding(**values)


async def failure(target: Target, shot: Shot) -> Exception | None:
    """What the target raises for a shot, if anything."""
    try:
        await target.fire(shot)
    except Exception as error:
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
