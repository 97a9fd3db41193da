"""What came of scenarios, as values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simulator.scenario.loader import Scenario


class Result(StrEnum):
    """What came of a step or a scenario."""

    passed = "passed"
    failed = "failed"
    """What should have been was not so."""
    fault = "fault"
    """The simulator itself broke: this says nothing about the scenario."""
    not_run = "not_run"
    """A step before it did not pass."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that should have been and was not, and the line of the scenario file that wanted it."""

    line: int
    expected: str
    happened: str


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step's result."""

    name: str
    line: int
    result: Result
    message: str = ""
    """How it failed; how it was refused as expected; else nothing."""
    mismatches: tuple[Mismatch, ...] = ()
    """Only with `failed`."""
    error: BaseException | None = None
    """Only with `fault`: what broke."""

    def to_json(self) -> dict[str, Any]:
        """Name, line, result, message."""
        return {"name": self.name, "line": self.line, "result": self.result.value, "message": self.message}


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario's result."""

    scenario: Scenario
    seed: int
    seconds: float
    """Real time, from starting the providers to their end."""
    steps: tuple[StepResult, ...]
    exchanges: int
    """How many HTTPS requests were made."""
    setup: StepResult | None = None
    """Only where the federation did not get ready for the first step: why."""

    @property
    def failures(self) -> tuple[StepResult, ...]:
        """What did not pass, in order."""
        done = (self.setup, *self.steps) if self.setup else self.steps
        return tuple(step for step in done if step.result in (Result.failed, Result.fault))

    @property
    def result(self) -> Result:
        """The worst of the steps."""
        found = {step.result for step in self.failures}
        return next((worst for worst in (Result.fault, Result.failed) if worst in found), Result.passed)

    def to_json(self) -> dict[str, Any]:
        """As `mimi-sim run --json` writes it; only `seconds` differs between two runs with one seed.
        `setup` is there only where the federation did not get ready.
        """
        setup = {"setup": self.setup.to_json()} if self.setup else {}
        return {
            "id": self.scenario.id,
            "file": self.scenario.file,
            "result": self.result.value,
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
            **setup,
            "steps": [step.to_json() for step in self.steps],
            "exchanges": self.exchanges,
        }


def to_json(results: tuple[ScenarioResult, ...]) -> dict[str, Any]:
    """All results of one call of the command line."""
    counts = {
        result.value: sum(r.result is result for r in results) for result in Result if result is not Result.not_run
    }
    return {"summary": counts, "scenarios": [result.to_json() for result in results]}
