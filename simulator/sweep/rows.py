"""From what an engine hands out to a row of the table."""

import shlex
from collections.abc import Mapping
from typing import Any, Protocol

from simulator.scenario import Result
from simulator.scenario.loading.substitution import Plain
from simulator.sweep.engines import Outcome

PROGRAM = "mimi-sim"


class Known(Protocol):
    """A run, as far as its row tells of it."""

    @property
    def key(self) -> str:
        """By which it is known again: it follows from its axes alone."""
        ...

    @property
    def axes(self) -> Mapping[str, Plain]:
        """What makes it one of its own, by column."""
        ...

    @property
    def repeat(self) -> tuple[str, ...]:
        """The words behind `mimi-sim` that do it again."""
        ...


def row(run: Known, outcome: Outcome, ended: float, kept: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What is kept of a run whose result came then (Unix seconds): of its value all, or what was `kept`.

    One that ended its workers, or that could not be done, is a fault.
    """
    axes = {"key": run.key, **run.axes}
    found = _broken(outcome) if outcome.failure else (outcome.value if kept is None else kept)
    costs = {
        "seconds": outcome.seconds,
        "cpu_seconds": outcome.cpu_seconds,
        "memory": outcome.peak_memory or None,
        "ended": ended,
        "attempts": outcome.attempts,
    }
    return {**axes, **found, **costs, "repeat": shlex.join((PROGRAM, *run.repeat))}


def _broken(outcome: Outcome) -> dict[str, Any]:
    assert outcome.failure is not None  # noqa: S101 (who calls has looked)
    step = "worker" if outcome.failure.died else "start"
    return {"verdict": Result.fault.value, "message": outcome.failure.message, "cause": step, "failed_step": step}
