"""How users are found by what is known of them: what a draft makes of it."""

from collections.abc import Callable

from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import Outgoing
from simulator.drafts.requests.requester import Requester
from simulator.services.commands import FindUsers


@dataclass(frozen=True, slots=True)
class Search:
    """One provider asks another which of its users has some identifiers."""

    kinds: tuple[str, ...]
    """The kinds of identifiers by which one can search, by the draft's names; the usual one first."""
    identifier: Callable[[str, str], str]
    """What identifies a user (URI) in a kind. Raises BadName."""
    write: Callable[[FindUsers, Requester], Outgoing]
    """The question. Raises BadName."""
