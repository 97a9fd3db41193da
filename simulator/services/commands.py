"""What one can ask of a provider, whatever the draft: each command is one operation with its MLS objects inside.

The first group goes to the hub of a group, the second to another provider.
"""

from typing import ClassVar, TypeAlias

from simulator.dataclass import dataclass
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.leaf_node import LeafNode
from simulator.storage import EVERYTHING, ConsentWord


@dataclass(frozen=True, slots=True)
class GroupUpdate:
    """A commit with what the hub needs to rebuild the GroupInfo of the epoch it starts.

    `extensions` and `signature` are the GroupInfo's.
    """

    commit: MLSMessage
    extensions: tuple[Extension, ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class RequestGroupId:
    """Give me an id for a new group."""

    operation: ClassVar[str] = "request_group_id"


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """Be the hub of this group, of which I am so far the only member; `leaf_node` is my leaf."""

    operation: ClassVar[str] = "create_group"
    group_id: bytes
    leaf_node: LeafNode
    group_info: MLSMessage


@dataclass(frozen=True, slots=True)
class DeleteGroup:
    """Everybody but me is removed, and the group is over."""

    operation: ClassVar[str] = "delete_group"
    update: GroupUpdate


@dataclass(frozen=True, slots=True)
class AddUsers:
    """Add clients of users who have none in the group, with their Welcomes."""

    operation: ClassVar[str] = "add_users"
    update: GroupUpdate
    welcomes: tuple[MLSMessage, ...]


@dataclass(frozen=True, slots=True)
class RemoveUsers:
    """Remove all clients of one or more users."""

    operation: ClassVar[str] = "remove_users"
    update: GroupUpdate


@dataclass(frozen=True, slots=True)
class AddClients:
    """Add clients of users who are in the group."""

    operation: ClassVar[str] = "add_clients"
    update: GroupUpdate
    welcomes: tuple[MLSMessage, ...]


@dataclass(frozen=True, slots=True)
class RemoveClients:
    """Remove other clients of my own user."""

    operation: ClassVar[str] = "remove_clients"
    update: GroupUpdate


@dataclass(frozen=True, slots=True)
class Leave:
    """I want to leave: a proposal that somebody else has to commit, and `more` that the draft may want with it."""

    operation: ClassVar[str] = "self_remove_client"
    proposal: MLSMessage
    more: tuple[MLSMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateClient:
    """Renew my leaf."""

    operation: ClassVar[str] = "update_client"
    update: GroupUpdate


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Change what the group keeps of its members' roles, and of what holds in it."""

    operation: ClassVar[str] = "change_group"
    update: GroupUpdate


@dataclass(frozen=True, slots=True)
class ExternalJoin:
    """Join by external commit: a new client of a user in the group, or one that lost its state."""

    operation: ClassVar[str] = "external_join"
    update: GroupUpdate


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Deliver this PrivateMessage to everybody else."""

    operation: ClassVar[str] = "send_message"
    message: MLSMessage


@dataclass(frozen=True, slots=True)
class Report:
    """Take note of what user `abuser` said in this group. `reporter` is the user who says so; each piece of `evidence`
    proves one message, as the draft encodes it.
    """

    operation: ClassVar[str] = "report"
    group_id: bytes
    reporter: str
    abuser: str
    evidence: tuple[bytes, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReInitializeGroup:
    """End this group in favour of another one with other parameters."""

    operation: ClassVar[str] = "re_initialize_group"
    update: GroupUpdate


@dataclass(frozen=True, slots=True)
class FetchTree:
    """The ratchet tree of the epoch into which a Welcome invited me."""

    operation: ClassVar[str] = "welcome_info"
    group_id: bytes
    epoch: int


@dataclass(frozen=True, slots=True)
class SealTo:
    """An HPKE public key to which an answer is encrypted, and the cipher suite that says how."""

    cipher_suite: int
    public_key: bytes


@dataclass(frozen=True, slots=True)
class FetchJoinInfo:
    """What one needs to join by external commit now; `seal_to` is there where the draft has the answer encrypted."""

    operation: ClassVar[str] = "external_commit_info"
    group_id: bytes
    seal_to: SealTo | None = None


GroupCommand: TypeAlias = (
    RequestGroupId
    | CreateGroup
    | DeleteGroup
    | AddUsers
    | RemoveUsers
    | AddClients
    | RemoveClients
    | Leave
    | UpdateClient
    | ChangeGroup
    | ExternalJoin
    | SendMessage
    | Report
    | ReInitializeGroup
    | FetchTree
    | FetchJoinInfo
)


@dataclass(frozen=True, slots=True)
class FetchKeyPackages:
    """User `requester` wants to add user `target`, or just these `target` clients, to `group`."""

    requester: str
    target: str | tuple[str, ...]
    kind: str
    """The draft's word for what they are for."""
    group: str = ""
    """The URI of the group; empty if there is none yet."""
    cipher_suites: tuple[int, ...] = ()
    """Those for which a KeyPackage may be, the group's first; any if empty."""


@dataclass(frozen=True, slots=True)
class FindUsers:
    """User `requester` looks for whoever has all of these identifiers at `provider`."""

    requester: str
    provider: str
    identifiers: tuple[tuple[str, str], ...]
    """Each of a kind, by the draft's name, and what it is."""


@dataclass(frozen=True, slots=True)
class SayConsent:
    """`requester` asks `target`, or `target` answers, whether the one may add the other: to the group `scope`, or to
    any.
    """

    requester: str
    target: str
    word: ConsentWord
    scope: str = EVERYTHING
    key_packages: tuple[KeyPackage, ...] = ()
    """What the target's provider gives away with its consent, so that nobody has to ask for it."""
