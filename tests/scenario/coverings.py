"""Scenarios that claim to cover something, and results of them, for the tests of claims and coverage."""

from dataclasses import replace
from types import MappingProxyType

import msgspec

from simulator.drafts import DRAFTS
from simulator.rules import Requirement
from simulator.scenario import Mismatch, Result, Scenario, ScenarioResult, StepResult
from tests.scenario.small_scenarios import scenario

SHOWN = Requirement("T-SECURITY-RECIPIENT", "T", "Security", "Refuse what is for others.")
TWICE = Requirement("T-TRANSPORT-TLS13", "T", "Security", "TLS 1.3 | newer.")
EXCUSED = Requirement("DS-RBAC-ADMINS", "DS", "Roles", "Only admins do.", "a sketch")
HOLE = Requirement("DS-INTRO-ORDER", "DS", "Introduction", "One order.")
DRAFT = replace(DRAFTS[0], requirements=(SHOWN, TWICE, EXCUSED, HOLE), declares=(), unshown=MappingProxyType({}))

STEPS = """
  - create_group: alice
    covers: [T-TRANSPORT-TLS13]
  - create_group: bob
"""
FIRST, SECOND = 11, 13
"""The lines of the steps."""


def covering(file: str, *requirements: Requirement, id_: str | None = None, steps: str = STEPS) -> Scenario:
    """A scenario that claims requirements as a whole; by its steps what is said there."""
    covers = tuple(each.id for each in requirements)
    content = msgspec.structs.replace(scenario(steps).content, covers=covers)
    return Scenario(id_ or file.removesuffix(".yaml"), file, content)


def ended(
    scenario: Scenario, *results: Result, seen: dict[int, tuple[Requirement, ...]] | None = None
) -> ScenarioResult:
    """What came of its steps, and what was seen in them."""
    steps = (
        StepResult(
            entry.label,
            entry.line,
            result,
            mismatches=(Mismatch(entry.line, "one", "two"),) if result is Result.failed else (),
            seen=tuple(each.id for each in (seen or {}).get(entry.line, ())),
        )
        for entry, result in zip(scenario.steps, results, strict=True)
    )
    return ScenarioResult(scenario, 1, 0.1, tuple(steps), 0)
