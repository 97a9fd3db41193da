"""Which scenarios can be run with their providers in several processes."""

from collections.abc import Callable

from simulator.scenario.loading.loader import Scenario
from simulator.scenario.step import Expectation, Step, keyword


def kills(scenario: Scenario) -> bool:
    """Whether providers are killed in it, so that each needs a process of its own."""
    return any(each.step.kills for entry in scenario.steps for each in (entry, *entry.inner))


def why_not_spread(scenario: Scenario) -> str | None:
    """Why a scenario runs in one process, in a sentence; None where it may be spread."""
    if kills(scenario):
        return "it kills providers, which have a process each for that"
    for name, provider in scenario.topology.providers.items():
        if provider.external is not None:
            return f"{name} is somebody else's: what it is told must not depend on where others are"
    if scenario.content.network is not None:
        return "its network has simulated time, which passes in one process alone"
    return _why_not(scenario, lambda each: each.spreads, "providers or clients")


def why_not_killed(scenario: Scenario) -> str | None:
    """Why providers that have a process each can't be killed in a scenario that wants that; None where they can."""
    for name, provider in scenario.topology.providers.items():
        if provider.external is not None:
            return f"{name} is somebody else's: nobody is killed beside it"
    if scenario.content.network is not None:
        return "its network has simulated time, which passes in one process alone"
    return _why_not(scenario, lambda each: each.spreads or each.clients_suffice, "providers, which have a process each")


def _why_not(scenario: Scenario, may: Callable[[Step | Expectation], bool], what: str) -> str | None:
    for entry in scenario.steps:
        for each in (entry, *entry.step.parts):
            if each.skip is not None or each.is_of_other_drafts:
                continue
            if each.step.parts:
                return f"line {each.line}: {each.keyword} has no order where there are several processes"
            if not may(each.step):
                return f"line {each.line}: {each.keyword} reaches into {what}"
            for located in each.expect.expectations:
                if not may(located.expectation):
                    word = keyword(type(located.expectation))
                    return f"line {located.line}: {word} looks into {what}"
    return None
