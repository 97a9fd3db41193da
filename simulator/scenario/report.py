"""What came of scenarios, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario.at_stake import shares_to_json, stakes_to_json
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.step import Mismatch


class Result(StrEnum):
    """What came of a step or a scenario."""

    passed = "passed"
    failed = "failed"
    """What should have been was not so."""
    fault = "fault"
    """The simulator itself broke, or the machine that it runs on: this says nothing about the scenario."""
    unsupported = "unsupported"
    """It needs what only whoever runs an external provider could do or see."""
    skipped = "skipped"
    """The file says that it is to be left out, or it needs what a step that was left out should have made."""
    not_run = "not_run"
    """A step before it did not pass."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step's result."""

    name: str
    line: int
    result: Result
    message: str = ""
    """How it failed; how it was refused as expected; why it was skipped or is unsupported; else nothing."""
    mismatches: tuple[Mismatch, ...] = ()
    """Only with `failed`."""
    error: BaseException | None = None
    """Only with `fault`: what broke."""
    file: str | None = None
    """The part that the line is in; None for the scenario's own file."""
    is_of_other_drafts: bool = False
    """Whether it was left out because it is for other drafts only."""
    attack: Mapping[str, str] = field(default_factory=dict)
    """What became of an attack as expected: `blocked` and the provider, or `succeeds` and why."""
    seen: Sequence[str] = ()
    """The IDs of the requirements that are seen in it: it broke them and was refused, or there is evidence of them."""

    def to_json(self) -> dict[str, Any]:
        """Name, line, result, message; the file only where it is a part, what became of an attack only where it is
        one, what is seen only where something is.
        """
        said = {"name": self.name, "line": self.line, "result": self.result.value, "message": self.message}
        more = {"file": self.file, "attack": dict(self.attack) or None, "seen": list(self.seen) or None}
        return said | {name: value for name, value in more.items() if value is not None}


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
    broken: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """The IDs of the rules that somebody noticed to be broken, refused or not, by number of the step: steps count from
    1, and 0 is whatever was outside of them."""
    let_through: tuple[str, ...] = ()
    """The IDs of those that were not refused, because they are waived."""

    @property
    def _all(self) -> tuple[StepResult, ...]:
        return (self.setup, *self.steps) if self.setup else self.steps

    @property
    def failures(self) -> tuple[StepResult, ...]:
        """What did not pass, in order."""
        return tuple(step for step in self._all if step.result in (Result.failed, Result.fault))

    @property
    def result(self) -> Result:
        """The first of fault, failed, unsupported and skipped that a step has, those for other drafts not counted; else
        passed. A scenario that its file skips is skipped.
        """
        if self.scenario.content.skip is not None:
            return Result.skipped
        found = {step.result for step in self._all if not step.is_of_other_drafts}
        worst = (Result.fault, Result.failed, Result.unsupported, Result.skipped)
        return next((each for each in worst if each in found), Result.passed)

    @property
    def reason(self) -> str:
        """Why it is skipped or unsupported; nothing else has a reason."""
        if self.scenario.content.skip is not None:
            return self.scenario.content.skip
        if self.result not in (Result.unsupported, Result.skipped):
            return ""
        said = [step for step in self._all if not step.is_of_other_drafts]
        return next(step.message for step in said if step.result is self.result)

    def _tags(self, place: int) -> dict[str, list[str]]:
        """A step's tags, where it has some."""
        said = [list(entry.tags) for entry in self.scenario.steps[place : place + 1] if entry.tags]
        return {"tags": said[0]} if said else {}

    def _broken(self, place: int) -> dict[str, list[str]]:
        """The IDs of the rules that were broken in a step, where some were."""
        found = self.broken.get(place + 1)
        return {"broken": list(found)} if found else {}

    def to_json(self) -> dict[str, Any]:
        """As `mimi-sim run --json` writes it; only `seconds` differs between two runs with one seed.
        `setup` is there only where the federation did not get ready, `at_stake` only where it failed over requirements.
        """
        setup = {"setup": self.setup.to_json()} if self.setup else {}
        at_stake = {"at_stake": stakes} if (stakes := stakes_to_json(self)) else {}
        return {
            "id": self.scenario.id,
            "file": self.scenario.file,
            "name": self.scenario.content.name,
            "tags": list(self.scenario.content.tags),
            "covers": list(self.scenario.covers),
            "parameters": dict(self.scenario.parameters),
            "result": self.result.value,
            "reason": self.reason,
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
            **at_stake,
            **setup,
            "steps": [
                {**step.to_json(), **self._tags(place), **self._broken(place)} for place, step in enumerate(self.steps)
            ],
            "exchanges": self.exchanges,
        }


def to_json(results: tuple[ScenarioResult, ...]) -> dict[str, Any]:
    """All results of one call of the command line."""
    counts = {
        result.value: sum(r.result is result for r in results) for result in Result if result is not Result.not_run
    }
    common = {"in_common": shares} if (shares := shares_to_json(results)) else {}
    return {"summary": counts, **common, "scenarios": [result.to_json() for result in results]}
