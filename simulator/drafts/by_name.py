"""A list of drafts in which names are known at once, and a draft is imported when it is first asked for.

A process speaks one draft as a rule: what the others consist of is not read until somebody names them.
"""

from collections.abc import Sequence
from functools import cache
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from simulator.dataclass import dataclass

if TYPE_CHECKING:
    from simulator.drafts.draft import Draft


@dataclass(frozen=True, slots=True)
class Listed:
    """One draft of the simulator's own."""

    name: str
    exported: str
    """Where it is: `package.module:NAME`."""
    usual: bool = False
    """Whether a file that names no draft is for it; else it is spoken where somebody asks for it."""

    def draft(self) -> "Draft":
        """The draft itself. Raises ValueError where it has another name."""
        return _imported(self.name, self.exported)


@cache
def _imported(name: str, exported: str) -> "Draft":
    draft: Draft = resolve_name(exported)
    if draft.name != name:
        raise ValueError(f"{exported} is called {draft.name}, not {name}")
    return draft


class DraftsByName(Sequence["Draft"]):
    """Drafts in order."""

    def __init__(self, *listed: Listed) -> None:
        self.listed = listed

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, in order; nothing is imported for that."""
        return tuple(each.name for each in self.listed)

    def named(self, name: str) -> "Draft | None":
        """The one of this name; None where there is none."""
        return next((each.draft() for each in self.listed if each.name == name), None)

    def __len__(self) -> int:
        return len(self.listed)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return tuple(each.draft() for each in self.listed[place])
        return self.listed[place].draft()
