"""What can go wrong in one draft and in no other: what attackers among the clients choose from besides MLS."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import field
from typing import Protocol, TypeAlias

from simulator.dataclass import dataclass
from simulator.drafts.mls_profile import Content, MLSProfile
from simulator.mls.framing.message import MLSMessage
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.public_group import PublicGroup
from simulator.services.commands import GroupCommand, GroupUpdate

File: TypeAlias = Callable[[GroupUpdate, tuple[MLSMessage, ...]], GroupCommand]
"""Makes a request of a commit and its Welcomes, whatever is in them."""

OddProposals: TypeAlias = Callable[[PublicGroup, str], Sequence[Proposal]]
"""Makes proposals for a group of a client, by its URI."""

OddContent: TypeAlias = Callable[[Content], Content]
"""Spoils the content of a message."""


@dataclass(frozen=True, slots=True)
class RepeatedItem:
    """A request that ends with a vector of one item over and over: as much of it as a body may have."""

    endpoint: str
    """By its name."""
    front: Callable[[str, str], bytes]
    """What stands in front of the vector in a request of a sender to a recipient."""
    item: bytes


class Asker(Protocol):
    """A client of another provider, and what it can be told to do."""

    async def join(self, group: str) -> object:
        """Join a group by itself, by its URI."""
        ...

    async def connect(self, user: str) -> object:
        """Ask a user for a connection, by its URI."""
        ...


@dataclass(frozen=True, slots=True)
class DearAnswer:
    """A body that takes whoever has asked for it long to read."""

    endpoint: str
    """By its name: where it is answered, always."""
    body: bytes
    ask: Callable[[Asker], Awaitable[object]]
    """How a client comes to ask there."""


@dataclass(frozen=True, slots=True)
class Adversary:
    """The attacks of a draft. Empty: it has none of its own."""

    operations: Mapping[str, File] = field(default_factory=dict)
    """Where a request says what its commit does: by those words."""
    flawed_profiles: Mapping[str, MLSProfile] = field(default_factory=dict)
    """Profiles by which groups and KeyPackages are made that nobody must take, by what is wrong with them: one thing
    each."""
    version_extension: int | None = None
    """The type of the GroupContext extension with the protocol's version; None where groups have no such version."""
    proposals: Mapping[str, OddProposals] = field(default_factory=dict)
    """Proposals for a commit that break one of the draft's rules each, by what is wrong with them."""
    contents: Mapping[str, OddContent] = field(default_factory=dict)
    """What can be wrong with what an application message says, or has beside it."""
    repeated: Mapping[str, RepeatedItem] = field(default_factory=dict)
    """Requests that take a server long to read, and are refused, by what they have many of: for floods."""
    answers: Mapping[str, Callable[[str, int], DearAnswer]] = field(default_factory=dict)
    """What a provider can answer, at a time, to keep who has asked busy, by what is dear about it."""
