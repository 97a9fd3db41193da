"""Runs that failed, by cause."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.dataclass import dataclass
from simulator.sweep.columns import VERDICT
from simulator.sweep.tally import BAD

_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Runs that failed in the same way: step, expectation and rules."""

    cause: str
    expectation: str
    """The keyword of what was expected; empty where the step itself failed."""
    rules: str
    rows: tuple[Mapping[str, Any], ...]
    axes: Sequence[str]
    """The columns that make a setting."""

    @property
    def first(self) -> Mapping[str, Any]:
        """The one that is shown."""
        return self.rows[0]

    @property
    def where(self) -> str:
        """The scenarios and drafts, or whatever else was run, in which it happened."""
        found = list(dict.fromkeys(named(row, self.axes) for row in self.rows))
        more = len(found) - _MOST_NAMED
        return ", ".join(found[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def named(row: Mapping[str, Any], axes: Sequence[str]) -> str:
    """What a run was of, by its first two axes: the scenario in its draft."""
    return " in ".join(str(row[name]) for name in axes[:2])


def failure_groups(rows: Iterable[Mapping[str, Any]], axes: Sequence[str]) -> tuple[FailureGroup, ...]:
    """All of them, the most frequent first."""
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row[VERDICT.name] in BAD:
            cause = row["cause"] or row["message"] or ""
            key = (cause, row.get("failed_expectation") or "", row.get("failed_rules") or "")
            found.setdefault(key, []).append(row)
    groups = (FailureGroup(*key, tuple(each), axes) for key, each in found.items())
    return tuple(sorted(groups, key=lambda group: -len(group.rows)))
