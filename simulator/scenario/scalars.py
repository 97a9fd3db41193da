"""Words, times and paths as an author writes them."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.provider.clock import CENTURY
from simulator.scenario.loading.conversion import Reader
from simulator.scenario.loading.nodes import Node, Scalar
from simulator.scenario.loading.old_words import tag_now, told
from simulator.scenario.loading.shipped import located
from simulator.scenario.names import Checked

WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")
"""A name that may stand in URIs and behind options."""


def _tag(text: str) -> None:
    """Raises SimulatorError."""
    if not WORD.fullmatch(text):
        raise SimulatorError(f'"{text}" can\'t be a tag: lower case letters, digits, - and _ only')
    now = tag_now(text)
    if now is not None:
        raise SimulatorError(told(text, now))


def _line(text: str) -> None:
    """Raises SimulatorError."""
    if not text.isprintable():
        raise SimulatorError("a name is one line, without control characters")


Tag = Annotated[str, Checked(_tag)]
"""A word to select scenarios or steps by."""
Title = Annotated[str, msgspec.Meta(min_length=1), Checked(_line)]
"""What a file is about, in one line."""

_DURATION = re.compile(r"([0-9]{1,10}) ?(s|m|h|d)?")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
"""How many there are in each unit of time."""
_END_OF_TIME = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Duration:
    """A time span: `90` or `90s`, `5m`, `2h`, `30d`; a century at most."""

    seconds: int

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a number of seconds or a number with a unit."""
        match = _DURATION.fullmatch(str(node.value)) if isinstance(node, Scalar) else None
        seconds = int(match[1]) * SECONDS[match[2] or "s"] if match else CENTURY + 1
        if seconds > CENTURY:
            return reader.wrong(node, "expected a time span such as 90s, 5m, 2h or 30d, a century at most")
        return cls(seconds)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: `2026-01-01T00:00:00Z`. Without a zone it is UTC."""

    unix: int

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From ISO 8601 or from Unix seconds, from 1970 on."""
        value = node.value if isinstance(node, Scalar) else None
        unix = _unix(value)
        if unix is None or not 0 <= unix < _END_OF_TIME:
            return reader.wrong(node, "expected a time such as 2026-01-01T00:00:00Z, from 1970 to 9998")
        return cls(unix)


def _unix(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


START = Moment(int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()))
"""When a scenario begins that does not say when."""


@dataclass(frozen=True, slots=True)
class FilePath:
    """A file or folder; a relative path begins where the scenario file is."""

    path: Path

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From text."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, str) or not value or "\0" in value:
            return reader.wrong(node, "expected the path of a file or folder")
        source = node.span.source or reader.problems.source
        return cls(located(Path(source.file).parent / value))


@dataclass(frozen=True, slots=True)
class ExistingFile(FilePath):
    """A file that is there."""

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From text."""
        file = FilePath.read(node, reader)
        if isinstance(file, FilePath) and not file.path.is_file():
            return reader.wrong(node, f"there is no file {file.path}")
        return cls(file.path) if isinstance(file, FilePath) else file
