"""The IDs that a scenario names: of what it covers, and of what somebody does not keep."""

from collections.abc import Iterable
from typing import Annotated

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint
from simulator.rules import Requirement, Rule
from simulator.scenario.demands import demands, known
from simulator.scenario.names import Checked


def check_known(name: str) -> None:
    """Raises SimulatorError for what is neither a requirement of a known draft nor a rule."""
    names = known(registry.known())
    if name not in names:
        raise SimulatorError(f'unknown requirement "{name}"{hint(name, names) or "; mimi-sim coverage lists all"}')


def check_waivable(name: str) -> None:
    """Raises SimulatorError for what nobody can do without, with the reason; and as `check_known` does."""
    check_known(name)
    drafts = [draft for draft in registry.known() if name in demands(draft).ids]
    whys = [why_kept(name, draft) for draft in drafts]
    if all(whys):
        raise SimulatorError(f"{name} can't be waived: {whys[0]}")


def why_kept(name: str, draft: Draft) -> str | None:
    """Why a requirement or rule of a draft can't be switched off; None where it can be."""
    rules = rules_named(name, draft)
    if rules:
        return None if any(rule.essential is None for rule in rules) else rules[0].essential
    return next((_why_unchecked(each) for each in demands(draft).requirements if each.id == name), None)


def rules_named(name: str, draft: Draft) -> tuple[Rule, ...]:
    """The rules of a requirement, or the one of this ID."""
    found = demands(draft).rules
    return found.get(name) or tuple(rule for rules in found.values() for rule in rules if rule.id == name)


def _why_unchecked(requirement: Requirement) -> str:
    return requirement.reason or "nobody refuses anything by it"


def check_all_waivable(names: Iterable[str]) -> tuple[str, ...]:
    """The same of several, as the command line has them: each by itself, or several with commas between. Raises
    SimulatorError.
    """
    split = tuple(dict.fromkeys(name.strip() for each in names for name in each.split(",") if name.strip()))
    for name in split:
        check_waivable(name)
    return split


Covered = Annotated[str, Checked(check_known)]
"""The ID of a requirement, or of a rule."""

Waived = Annotated[str, Checked(check_waivable)]
"""The same, of one that can be switched off."""
