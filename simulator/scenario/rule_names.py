"""The IDs that a scenario names: of what it covers, and of what somebody does not keep."""

from collections.abc import Iterable
from typing import Annotated

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint
from simulator.rules import Requirement, Rule
from simulator.scenario.demands import demands, is_known, is_required, known
from simulator.scenario.names import CheckedInDraft


def check_known(name: str, draft: Draft) -> None:
    """Raises SimulatorError for what is neither a requirement of a known draft nor a rule. `draft` is the one that is
    spoken: the others are only asked where it has none of this name.
    """
    if not is_required(name, (draft,)) and not is_known(name, registry.known()):
        names = known(registry.known())
        raise SimulatorError(f'unknown requirement "{name}"{hint(name, names) or "; mimi-sim coverage lists all"}')


def check_waivable(name: str, *drafts: Draft) -> None:
    """Raises SimulatorError for what is neither a requirement nor a rule in any of these drafts, with the nearest that
    is one, and for what nobody can do without, with the reason.
    """
    whys = [why_kept(name, draft) for draft in drafts if name in demands(draft).ids]
    if not whys:
        near = hint(name, known(drafts)) or "; mimi-sim coverage lists all"
        others = [draft.name for draft in registry.known() if name in demands(draft).ids]
        if not others:
            raise SimulatorError(f'unknown requirement "{name}"{near}')
        here = " or ".join(draft.name for draft in drafts)
        raise SimulatorError(f'"{name}" is a requirement of {" and ".join(others)}, not of {here}{near}')
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


def check_all_waivable(names: Iterable[str], *drafts: Draft) -> tuple[str, ...]:
    """The same of several, as the command line has them: each by itself, or several with commas between. Each is meant
    in one of these drafts, or in any that is known where none is given. Raises SimulatorError.
    """
    split = tuple(dict.fromkeys(name.strip() for each in names for name in each.split(",") if name.strip()))
    for name in split:
        check_waivable(name, *(drafts or registry.known()))
    return split


Covered = Annotated[str, CheckedInDraft(check_known)]
"""The ID of a requirement, or of a rule."""

Waived = Annotated[str, CheckedInDraft(check_waivable)]
"""The same, of one that can be switched off in the draft that is spoken."""
