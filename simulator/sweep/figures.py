"""How far a sweep is: figures for whoever watches it, and for whoever looks at its folder later."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from simulator.dataclass import dataclass
from simulator.sweep.columns import VERDICT
from simulator.sweep.folder_lock import is_held
from simulator.sweep.identity import Identity
from simulator.sweep.results import RUNS, about, read_runs
from simulator.sweep.tally import BAD

_RECENT = 60
"""Seconds of which the rate is."""
_UNITS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))


@dataclass(frozen=True, slots=True)
class Look:
    """What is in a sweep's folder at a moment."""

    identity: Identity
    rows: tuple[Mapping[str, Any], ...]
    is_running: bool
    """Whether a process writes to it just now."""

    @property
    def failures(self) -> tuple[Mapping[str, Any], ...]:
        """The rows that failed, in the order in which they ended."""
        return tuple(row for row in self.rows if row[VERDICT.name] in BAD)

    @property
    def verdicts(self) -> dict[str, int]:
        """How many runs have each verdict."""
        return counted(row[VERDICT.name] for row in self.rows)

    def progress(self, now: float) -> str:
        """How far it is; while it runs, at which rate and how long the rest takes, as in the last minute."""
        recent = [row["ended"] for row in self.rows if row["ended"] and now - row["ended"] < _RECENT]
        running = self.is_running and len(recent) > 1
        return progress(len(self.rows), self.identity.runs, len(recent) * running, now - min(recent, default=now))


def look(folder: Path) -> Look:
    """Raises SimulatorError where there are no results of a sweep."""
    running, identity = is_held(folder), about(folder)
    return Look(identity, tuple(read_runs(folder / RUNS, identity.columns).to_dicts()), running)


def counted(words: Iterable[str]) -> dict[str, int]:
    """How often each is there."""
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def progress(done: int, planned: int, new: int, seconds: float) -> str:
    """How many of how many, at which rate, and how long the rest takes at that: `new` have ended in so many seconds.
    With 0 planned nobody knows how many there will be.
    """
    if not planned:
        said = f"{done} run{'s' if done != 1 else ''}"
        return f"{said}, {new / seconds:.1f} a second" if new and seconds > 0 else said
    said = f"{done} of {planned} run{'s' if planned != 1 else ''}"
    if not new or seconds <= 0 or done >= planned:
        return said
    return f"{said}, {new / seconds:.1f} a second, {span((planned - done) * seconds / new)} left"


def span(seconds: float) -> str:
    """A time in its two largest units."""
    whole = round(seconds)
    said: list[str] = []
    for size, unit in _UNITS:
        number, whole = divmod(whole, size)
        if number or said:
            said.append(f"{number} {unit}")
    return " ".join(said[:2]) or "0 s"
