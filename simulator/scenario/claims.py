"""What scenarios say that they cover, a step or a scenario as a whole, and whether runs show it."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.scenario.at_stake import is_at_stake
from simulator.scenario.demands import demands
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.report import Result, ScenarioResult, StepResult


class Verdict(StrEnum):
    """What runs say of a claim, the worst first."""

    failed = "failed"
    """The step that claims it failed; or a scenario that claims it as a whole did, over this (see `at_stake`)."""
    not_seen = "not seen"
    """What should show it ran, and does not."""
    seen = "seen"
    not_judged = "not judged"
    """Nothing that should show it ran to its end: it was left out, or a failed scenario did not reach it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A requirement, or a check of one, that a place in a file says it covers."""

    name: str
    """The ID."""
    file: str
    """The scenario's file, without suffix: what its runs with other parameters have in common."""
    line: int | None = None
    """The step's; None is the scenario as a whole."""
    part: str | None = None
    """The file that the line is in, where that is a part which the scenario includes."""

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.part or self.file}:{self.line}"


def file_of(scenario: Scenario) -> str:
    """A scenario's file without suffix."""
    return scenario.file.rpartition(".")[0]


def claims(scenario: Scenario) -> Iterator[Claim]:
    """All of a scenario's, those of the whole first."""
    file = file_of(scenario)
    yield from (Claim(name, file) for name in scenario.content.covers)
    for entry in scenario.steps:
        yield from (Claim(name, file, entry.line, entry.file) for name in entry.claims)


def verdict(claim: Claim, results: Iterable[ScenarioResult]) -> Verdict | None:
    """The worst of what the runs of its file say; None where there was none."""
    found = {_verdict(claim, result) for result in results if file_of(result.scenario) == claim.file}
    return worst(found)


def worst(verdicts: Iterable[Verdict | None]) -> Verdict | None:
    """The worst of several; None where nothing was run."""
    found = set(verdicts)
    return next((each for each in Verdict if each in found), None)


def unshown(result: ScenarioResult) -> Iterator[str]:
    """What a scenario that has passed claims and does not show, each with its place and with what is seen there.

    In a file for several drafts a claim is about those that demand such a thing.
    """
    demanded = frozenset(demands(registry.named(result.scenario.topology.draft)).ids)
    for claim in claims(result.scenario):
        if claim.name in demanded and verdict(claim, [result]) is not Verdict.seen:
            seen = [name for step in _there(claim, result) for name in step.seen]
            yield f"{claim}: {claim.name} is claimed and not seen; seen: {', '.join(dict.fromkeys(seen)) or 'nothing'}"


def _there(claim: Claim, result: ScenarioResult) -> tuple[StepResult, ...]:
    """The steps that are claimed to show it: all rounds of a repeated one."""
    if claim.line is None:
        return result.steps
    return tuple(step for step in result.steps if (step.line, step.file) == (claim.line, claim.part))


def _verdict(claim: Claim, result: ScenarioResult) -> Verdict:
    """Of several rounds of a repeated step, one that shows it is enough."""
    there = _there(claim, result)
    if claim.line is None:
        return _of_steps(claim.name, there, failed=is_at_stake(claim.name, result))
    failed = any(step.result in (Result.failed, Result.fault) for step in there)
    return Verdict.failed if failed else _of_steps(claim.name, there)


def _of_steps(name: str, steps: Sequence[StepResult], *, failed: bool = False) -> Verdict:
    passed = [step for step in steps if step.result is Result.passed]
    if any(name in step.seen for step in passed):
        return Verdict.seen
    if failed:
        return Verdict.failed
    return Verdict.not_seen if passed and len(passed) == len(steps) else Verdict.not_judged
