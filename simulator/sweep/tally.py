"""What has ended so far, by setting, and whether more is wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario import Result
from simulator.sweep.experiment import Stop
from simulator.sweep.intervals import of_rate

BAD = (Result.failed.value, Result.fault.value)
"""The verdicts that are failures."""


@dataclass(slots=True)
class Count:
    """Of one setting."""

    runs: int = 0
    failures: int = 0


@dataclass(slots=True)
class Tally:
    """Counts by the values of some columns; a stop rule judges them."""

    by: Sequence[str]
    """The names of the axes that make a setting."""
    stop: Stop | None = None
    runs: int = 0
    failures: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    _counts: dict[tuple[str, ...], Count] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any]) -> None:
        """A run has ended."""
        bad = row["verdict"] in BAD
        count = self._counts.setdefault(self._setting(row), Count())
        for each in (self, count):
            each.runs += 1
            each.failures += bad
        self.verdicts[row["verdict"]] = self.verdicts.get(row["verdict"], 0) + 1

    @property
    def is_over(self) -> bool:
        """Whether the whole sweep has seen enough."""
        return self.stop is not None and self.stop.failures is not None and self.failures >= self.stop.failures

    def wants(self, axes: Mapping[str, Any]) -> bool:
        """Whether a setting needs more runs."""
        if self.stop is None or self.stop.interval is None:
            return True
        count = self._counts.get(self._setting(axes), Count())
        return of_rate(count.failures, count.runs, self.stop.confidence).width >= self.stop.interval

    def _setting(self, axes: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(_text(axes.get(name)) for name in self.by)


def _text(value: Any) -> str:
    """The same for a value from a file and for one from a table, where all of a column are of one sort."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
