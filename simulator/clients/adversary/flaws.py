"""What can be wrong with a group, or with what its members say of it: the flaws of MLS, and those of one draft.

Each is a word; who makes something odd chooses one of those that fit what it makes. What makes it is a function in a
table `FLAWS`, by its name; its docstring is the meaning.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from simulator.clients.adversary import odd_group_info, odd_proposals, odd_successor, spoiled_key_package
from simulator.docstrings import docstring
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import Misuse, hint

T = TypeVar("T")

NOTHING = "nothing"
EXPIRED_LEAF = "expired_leaf"

_SOUND = {NOTHING: "Nothing is wrong with it."}
_OF_A_LEAF = {**_SOUND, EXPIRED_LEAF: "The leaf has expired."}


def flaws(draft: Draft) -> Mapping[str, str]:
    """All flaws that something can have in this draft, with the meaning."""
    found = dict(_OF_A_LEAF)
    for table in (odd_successor.FLAWS, odd_group_info.FLAWS, odd_proposals.FLAWS, spoiled_key_package.FLAWS):
        found.update(meanings(table))
    return {**found, **of_profiles(draft), **meanings(draft.adversary.proposals)}


def meanings(table: Mapping[str, Callable[..., Any]]) -> Mapping[str, str]:
    """What each flaw of a table means."""
    return {name: docstring(spoil) for name, spoil in table.items()}


def meanings_or_nothing(table: Mapping[str, Callable[..., Any]]) -> Mapping[str, str]:
    """The same for what may be sound, too."""
    return {**_SOUND, **meanings(table)}


def spoiler(table: Mapping[str, T], flaw: str, what: str) -> T:
    """What makes `what` have the flaw. Raises Misuse where the table does not know it."""
    spoil = table.get(flaw)
    if spoil is None:
        raise Misuse(f'no {what} has the flaw "{flaw}"{hint(flaw, table)}')
    return spoil


def of_all_drafts() -> Mapping[str, str]:
    """Those of every draft that there is, with the meaning; that in the first of several."""
    return {name: meaning for draft in reversed(registry.known()) for name, meaning in flaws(draft).items()}


def of_profiles(draft: Draft) -> Mapping[str, str]:
    """Those that only this draft knows: its rules for leaves and groups, broken one by one; with the meaning."""
    return {name: docstring(type(profile)) for name, profile in draft.adversary.flawed_profiles.items()}


def check_flaw(flaw: str, known: Iterable[str], what: str, draft: Draft) -> None:
    """Whether `what` can have the flaw. Raises Misuse."""
    names = (NOTHING, *known)
    if flaw not in names:
        raise Misuse(f'no {what} has the flaw "{flaw}" in {draft.name}{hint(flaw, names)}')
