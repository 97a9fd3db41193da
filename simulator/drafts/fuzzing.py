"""What fuzzers know of a draft besides what every draft says of itself: all of it is optional.

Without any, valid requests are made by client operations, taken from what providers have asked each other, and altered;
what is signed is signed again by `Draft.resign` alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, Protocol

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Outgoing, Reply
from simulator.mutation.cases import Target
from simulator.mutation.forgery import Forger
from simulator.services import provider_keys
from simulator.services.refusal import Code
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign
from simulator.storage import GroupRecord


@dataclass(frozen=True, slots=True)
class Signers:
    """With whose keys a request that was altered is signed again."""

    forger: Forger
    providers: Mapping[str, Sign]
    """What each provider signs with, by its name."""
    sender: str
    """The provider that sends it."""


@dataclass(frozen=True, slots=True)
class GroupChange:
    """New roles of users (by name) and settings of a group, in the draft's words."""

    roles: Mapping[str, str] = field(default_factory=dict, hash=False)
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    code: Code | None = None
    """How a hub refuses it; None where it takes it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A valid request that no client operation makes."""

    name: str
    sender: str
    """The provider that asks."""
    outgoing: Outgoing


class JoinOffer(Protocol):
    """What a hub offers to a client that joins by itself, where it encrypts or signs that."""

    struct: type
    """What is offered, before it is encrypted."""

    def offered(self, record: GroupRecord) -> Any:
        """What a hub would honestly offer."""
        ...

    def signed(self, offered: Any, forger: Forger) -> Any:
        """The same with all that is in it signed by whom it names. Raises one of `forgery.IMPOSSIBLE`."""
        ...

    def answer(self, outgoing: Outgoing, record: GroupRecord, data: bytes, sign: Sign) -> Reply:
        """What the hub answers to the client's question with these octets in the place of what is offered."""
        ...


@dataclass(frozen=True, slots=True)
class Fuzzing:
    """A draft's own part."""

    sign_again: Callable[[Any, Signers, bool], Any] | None = None
    """A request struct that was altered, with its signature made right, and if the last is true, with all that is
    inside it. Raises one of `forgery.IMPOSSIBLE` where that can't be."""
    sign: Callable[[ServiceContext], Sign] = provider_keys.sign_as_provider
    """What a provider signs with, or speaks with in its groups."""
    left_to_members: frozenset[str] = frozenset()
    """Rules, by `MLSError.rule`, that members may find broken by what a hub has taken."""
    changes: tuple[GroupChange, ...] = ()
    """What a member with all rights may change of a group, or may not."""
    questions: Callable[[Mapping[str, str]], Iterable[Question]] = lambda users: ()
    """From the URIs of users, by name."""
    news: Callable[[Outgoing, Sequence[str]], Iterable[Question]] = lambda outgoing, followers: ()
    """What a hub tells each of its followers about a request of a member's, before it has taken it: one for each."""
    offer: JoinOffer | None = None
    """None where what joiners get to know comes as it is."""
    targets: Mapping[str, Callable[[], Target]] = field(default_factory=dict, hash=False)
    """What else of the draft can be fuzzed, without a federation: by name."""


def fuzzing_of(draft: Draft) -> Fuzzing:
    """What a draft says of itself; nothing where it says nothing."""
    found: Fuzzing = Fuzzing() if draft.fuzzing is None else draft.fuzzing()
    return found
