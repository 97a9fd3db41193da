"""What can be wrong with a group, or with what its members say of it: the flaws of MLS, and those of one draft.

Each is a word; who makes something odd chooses one of those that fit what it makes.
"""

from collections.abc import Iterable, Mapping

from simulator.clients.adversary import odd_group_info, odd_proposals, odd_successor, spoiled_key_package
from simulator.docstrings import docstring
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint

NOTHING = "nothing"
EXPIRED_LEAF = "expired_leaf"

_OF_A_LEAF = {NOTHING: "Nothing is wrong with it.", EXPIRED_LEAF: "The leaf has expired."}


def flaws(draft: Draft) -> Mapping[str, str]:
    """All flaws that something can have in this draft, with the meaning."""
    spoiling = {**odd_successor.FLAWS, **odd_group_info.FLAWS, **odd_proposals.FLAWS, **spoiled_key_package.FLAWS}
    return {**_OF_A_LEAF, **{name: docstring(spoil) for name, spoil in spoiling.items()}, **of_profiles(draft)}


def of_profiles(draft: Draft) -> Mapping[str, str]:
    """Those that only this draft knows: its rules for leaves and groups, broken one by one; with the meaning."""
    return {name: docstring(type(profile)) for name, profile in draft.adversary.flawed_profiles.items()}


def check_flaw(flaw: str, known: Iterable[str], what: str, draft: Draft) -> None:
    """Whether `what` can have the flaw. Raises SimulatorError."""
    names = (NOTHING, *known)
    if flaw not in names:
        raise SimulatorError(f'no {what} has the flaw "{flaw}" in {draft.name}{hint(flaw, names)}')
