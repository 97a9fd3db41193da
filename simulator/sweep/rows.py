"""From what an engine hands out to a row of the table."""

import shlex
from typing import Any, Protocol

from simulator.scenario import Result
from simulator.sweep.engines import Outcome
from simulator.sweep.settings import Setting

PROGRAM = "mimi-sim"


class Known(Protocol):
    """A run, as far as its row tells of it."""

    @property
    def key(self) -> str:
        """By which it is known again."""
        ...

    @property
    def setting(self) -> Setting:
        """What it is of."""
        ...

    @property
    def seed(self) -> int:
        """All randomness follows from it."""
        ...

    @property
    def repetition(self) -> int:
        """Which of several with the same seed, from 1."""
        ...

    @property
    def repeat(self) -> tuple[str, ...]:
        """The words behind `mimi-sim` that do it again."""
        ...


def row(run: Known, outcome: Outcome, ended: float) -> dict[str, Any]:
    """What is kept of a run whose result came then (Unix seconds). One that ended its workers, or that could not be
    done, is a fault.
    """
    axes = {"key": run.key, **run.setting.axes, "seed": run.seed, "repetition": run.repetition}
    found = _broken(outcome) if outcome.failure else dict(outcome.value)
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
