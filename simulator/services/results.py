"""What a provider answers when it does not refuse, whatever the draft."""

from typing import TypeAlias

from simulator.dataclass import dataclass
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.node import RatchetTreeNodes


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; there is nothing else to say."""


@dataclass(frozen=True, slots=True)
class NewGroupId:
    """An id that no other group has."""

    group_id: bytes


@dataclass(frozen=True, slots=True)
class JoinerTree:
    """The ratchet tree that goes with a Welcome."""

    ratchet_tree: RatchetTreeNodes


@dataclass(frozen=True, slots=True)
class GroupSnapshot:
    """A signed GroupInfo and the ratchet tree beside it: enough to join by external commit.

    `proposals` are those that wait to be committed, in order, where the draft has joiners commit some of them.
    """

    group_info: MLSMessage
    ratchet_tree: RatchetTreeNodes
    proposals: tuple[MLSMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedSnapshot:
    """The same, encrypted to the joiner: the draft's struct as it came."""

    content: bytes


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """The message is in the queues of all recipients but the `unknown`, which do not exist."""

    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderKey:
    """A provider's Ed25519 key, good from `not_before` to `not_after` (Unix seconds, both included)."""

    provider: str
    key_id: bytes
    public_key: bytes
    not_before: int
    not_after: int


@dataclass(frozen=True, slots=True)
class HandedOut:
    """KeyPackages, at most one per client."""

    key_packages: tuple[KeyPackage, ...]


@dataclass(frozen=True, slots=True)
class FoundUsers:
    """The users (URIs) who have the identifiers that were asked for."""

    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiscoveryDocument:
    """Where a provider serves, as the draft encodes it; `max_age` (seconds) is how long one may remember it, 0 if not
    said.
    """

    content: bytes
    max_age: int


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """Where a file is kept (a URL), and until when, in Unix seconds."""

    url: str
    expires: int


@dataclass(frozen=True, slots=True)
class DownloadedFile:
    """A file as it came, whatever is in it."""

    data: bytes


Result: TypeAlias = (
    Done
    | NewGroupId
    | JoinerTree
    | GroupSnapshot
    | SealedSnapshot
    | DeliveryResult
    | ProviderKey
    | HandedOut
    | FoundUsers
    | DiscoveryDocument
    | UploadedFile
    | DownloadedFile
)
