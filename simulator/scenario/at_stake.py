"""What is broken where a scenario fails: the requirements that the steps which failed are about, and what several
scenarios have in common that fail.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.mls.errors import MLSError
from simulator.rules import Requirement, Rule
from simulator.scenario.demands import demands, known
from simulator.scenario.entry import Entry
from simulator.scenario.expectations.rejected import RejectedBy
from simulator.services.refusal import Refusal

if TYPE_CHECKING:
    from simulator.scenario.report import ScenarioResult, StepResult


class Why(StrEnum):
    """Why a requirement is at stake."""

    let_through = "let through"
    """Something that breaks it was noticed in the step that failed, and not refused."""
    covered = "covered"
    """The step says that it shows it."""
    refused = "refused"
    """Something was refused by it in the step."""
    expected = "expected"
    """A refusal was expected in the step that nothing else gives."""
    scenario = "scenario"
    """The scenario as a whole is about it, and nothing nearer is known."""


@dataclass(frozen=True, slots=True)
class Share:
    """A requirement, and those of several failed scenarios where it is at stake, by their ids."""

    requirement: Requirement
    scenarios: tuple[str, ...]


def at_stake(result: "ScenarioResult") -> dict[str, Why]:
    """The IDs of requirements and of checks of them, the surest first; nothing unless the scenario has failed. A
    requirement is not named beside a check of its own.
    """
    demanded = known((registry.named(result.scenario.topology.draft),))
    failed = [(number, step) for number, step in _steps(result) if step.mismatches]
    found: dict[str, Why] = {}
    for number, step in failed:
        for name, why in _of_step(number, step, result):
            if name in demanded:
                found.setdefault(name, why)
    if failed and not found:
        return dict.fromkeys((name for name in result.scenario.content.covers if name in demanded), Why.scenario)
    return {name: why for name, why in found.items() if not _has_checks(name, found)}


def is_at_stake(name: str, result: "ScenarioResult") -> bool:
    """Whether a requirement or a check (ID), or one of a requirement's checks, is."""
    found = at_stake(result)
    return name in found or _has_checks(name, found)


def in_common(results: Iterable["ScenarioResult"]) -> tuple[Share, ...]:
    """What is at stake in scenarios that failed, a requirement once for all of its checks; the most frequent first."""
    found: dict[str, dict[str, None]] = {}
    requirements: dict[str, Requirement] = {}
    for result in results:
        draft = registry.named(result.scenario.topology.draft)
        for name in at_stake(result):
            whole = demands(draft).whole(name)
            requirements.setdefault(whole, known((draft,))[whole])
            found.setdefault(whole, {})[result.scenario.id] = None
    shares = (Share(requirements[name], tuple(scenarios)) for name, scenarios in found.items())
    return tuple(sorted(shares, key=lambda share: -len(share.scenarios)))


def stakes_to_json(result: "ScenarioResult") -> list[dict[str, str]]:
    """What is at stake in one scenario, as `mimi-sim run --json` writes it."""
    return [{"id": name, "why": why.value} for name, why in at_stake(result).items()]


def shares_to_json(results: Sequence["ScenarioResult"]) -> list[dict[str, Any]]:
    """What several have in common, as `mimi-sim run --json` writes it."""
    return [
        {"id": share.requirement.id, "failed": len(share.scenarios), "scenarios": list(share.scenarios)}
        for share in in_common(results)
    ]


def _has_checks(name: str, others: Iterable[str]) -> bool:
    return any(other.startswith(f"{name}/") for other in others)


def _steps(result: "ScenarioResult") -> Iterator[tuple[int, "StepResult"]]:
    """By number: 0 is what came before the first."""
    if result.setup is not None:
        yield 0, result.setup
    yield from enumerate(result.steps, 1)


def _of_step(number: int, step: "StepResult", result: "ScenarioResult") -> Iterator[tuple[str, Why]]:
    draft = registry.named(result.scenario.topology.draft)
    entry = result.scenario.steps[number - 1] if 0 < number <= len(result.scenario.steps) else None
    broken = [name for name in result.broken.get(number, ()) if name in known((draft,))]
    yield from ((name, Why.let_through) for name in broken if name in result.let_through)
    if entry is not None:
        yield from ((name, Why.covered) for name in entry.claims)
    yield from ((name, Why.refused) for name in broken if name not in result.let_through)
    if entry is not None:
        lines = {mismatch.line for mismatch in step.mismatches}
        yield from ((name, Why.expected) for name in _expected(entry, lines, draft))


def _expected(entry: Entry, lines: set[int], draft: Draft) -> Iterator[str]:
    """By which requirements something was to be refused, and was not: where only one refuses so, and so it is sure."""
    code = entry.expect.outcome.error
    slugs = [
        located.expectation.rule
        for located in entry.expect.expectations
        if located.line in lines and isinstance(located.expectation, RejectedBy)
    ]
    for word in ([str(code)] if code is not None and entry.line in lines else []) + slugs:
        requirements = _by_refusal(draft).get(word, ())
        if len(requirements) == 1:
            yield requirements[0]


@lru_cache(maxsize=8)
def _by_refusal(draft: Draft) -> Mapping[str, tuple[str, ...]]:
    """The requirements whose rules refuse with a code, or make a client reject with a slug."""
    found: dict[str, dict[str, None]] = {}
    for name, rules in demands(draft).rules.items():
        for rule in rules:
            if (word := _word(rule)) is not None:
                found.setdefault(word, {})[name] = None
    return {word: tuple(names) for word, names in found.items()}


def _word(rule: Rule) -> str | None:
    """The code or slug of what breaks it; None where that has neither, or takes facts to be made."""
    try:
        error = rule.error("")
    except TypeError:
        return None
    return str(error.code) if isinstance(error, Refusal) else error.rule if isinstance(error, MLSError) else None
