"""What can go wrong in one draft and in no other: what attackers among the clients choose from besides MLS."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

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
