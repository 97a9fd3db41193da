"""Times as an author writes them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from simulator.scenario.reader import Reader
from simulator.scenario.tree import Node, Scalar

_DURATION = re.compile(r"(\d+) ?(s|m|h|d)?")
_SECONDS = {None: 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class Duration:
    """A time span: `90` or `90s`, `5m`, `2h`, `30d`."""

    seconds: int

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a number of seconds or a number with a unit."""
        match = _DURATION.fullmatch(str(node.value)) if isinstance(node, Scalar) else None
        if match is None:
            return reader.wrong(node, "expected a time span such as 90s, 5m, 2h or 30d")
        return cls(int(match[1]) * _SECONDS[match[2]])


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: `2026-01-01T00:00:00Z`. Without a zone it is UTC."""

    unix: int

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From ISO 8601 or from Unix seconds."""
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, int) and not isinstance(value, bool):
            return cls(value)
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            return reader.wrong(node, "expected a time such as 2026-01-01T00:00:00Z")
        return cls(int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))


START = Moment(int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()))
"""When a scenario begins that does not say when."""
