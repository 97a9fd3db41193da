"""Which scenarios can be run with their providers in several processes."""

from simulator.scenario.loading.loader import Scenario
from simulator.scenario.step import keyword


def why_not_spread(scenario: Scenario) -> str | None:
    """Why a scenario runs in one process, in a sentence; None where it may be spread."""
    for name, provider in scenario.topology.providers.items():
        if provider.external is not None:
            return f"{name} is somebody else's: what it is told must not depend on where others are"
    if scenario.content.network is not None:
        return "its network has simulated time, which passes in one process alone"
    for entry in scenario.steps:
        for each in (entry, *entry.step.parts):
            if each.skip is not None or each.is_of_other_drafts:
                continue
            if each.step.parts:
                return f"line {each.line}: {each.keyword} has no order where there are several processes"
            if not each.step.spreads:
                return f"line {each.line}: {each.keyword} reaches into providers or clients"
            for located in each.expect.expectations:
                if not located.expectation.spreads:
                    word = keyword(type(located.expectation))
                    return f"line {located.line}: {word} looks into providers or clients"
    return None
