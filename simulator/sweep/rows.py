"""From what an engine hands out to a row of the table."""

import shlex
from typing import Any

from simulator.scenario import Result
from simulator.sweep.engines import Outcome
from simulator.sweep.plan import Run

PROGRAM = "mimi-sim"


def row(run: Run, outcome: Outcome, ended: float) -> dict[str, Any]:
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
