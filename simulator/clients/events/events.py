"""What a client did and noticed, in that order: its event log.

Where somebody broke the protocol, `rules` are the IDs of the rules that were broken, the nearest first.
"""

from typing import TypeAlias

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Joined:
    """The client is a member of `group` from `epoch` on."""

    group: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Sent:
    """An application message of this client that the group's hub has taken in `epoch`."""

    group: str
    epoch: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """An application message: `sender` is the client URI in the sender's leaf, `epoch` the one it was sent in.

    `evidence` is what proves to the group's hub that this was said, as the draft encodes it; empty if nothing does.
    `attachment` is what the message says of a file, as the draft encodes it; empty if it refers to none.
    """

    group: str
    epoch: int
    sender: str
    data: bytes
    evidence: bytes = b""
    attachment: bytes = b""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody proposed a change, which a later commit may make. `sender` is a client or a provider."""

    group: str
    epoch: int
    sender: str
    proposal: str


@dataclass(frozen=True, slots=True)
class EpochChanged:
    """A commit began `epoch`; `added` and `removed` are client URIs.

    `unproven` are those of `added` who came by external commit with a key that the group did not know them by: that
    they are who they say, rests on the word of the providers alone, and where nothing proves a provider, on nobody's.
    """

    group: str
    epoch: int
    committer: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    unproven: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A commit of `epoch` removed this client: it can't read what comes after."""

    group: str
    epoch: int
    committer: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The client has forgotten all about the group, which it knew in `epoch`."""

    group: str
    epoch: int


@dataclass(frozen=True, slots=True)
class ConnectionRequested:
    """Somebody at `provider` wants to connect; who it is, the Welcome into the connection group `group` will tell."""

    group: str
    provider: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message that a member must not accept: which rule it broke (a slug), and the sentence for people."""

    group: str
    rule: str
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubted:
    """Something that this client has accepted although it breaks a rule (a slug), and the sentence for people: a rule
    that others enforce, or what only makes a message less credible.
    """

    group: str
    rule: str
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A request of this client, whose answer had got lost, has been carried out; `operation` is the provider's word."""

    group: str
    operation: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A request of this client, whose answer had got lost, has not been carried out, and why."""

    group: str
    operation: str
    reason: str


@dataclass(frozen=True, slots=True)
class FellBehind:
    """A message of the future epoch `seen` came while the client is at `epoch`: commits were kept from it, or it could
    not accept one that the hub had accepted.
    """

    group: str
    epoch: int
    seen: int


@dataclass(frozen=True, slots=True)
class Equivocated:
    """The group's hub tells different members different things about the end of `epoch`; `reason` is the evidence."""

    group: str
    epoch: int
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recovered:
    """The client had lost touch with the group and is a member again, from `epoch` on."""

    group: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """The client has given the group up at `epoch`: there is no way on that it could trust."""

    group: str
    epoch: int
    reason: str


@dataclass(frozen=True, slots=True)
class Substituted:
    """A provider handed out KeyPackages that are not those asked for: which rule they broke (a slug), and the sentence
    for people. Nobody was added. `group` is empty where they were for a connection group that is yet to be made.
    """

    group: str
    rule: str
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Downloaded:
    """The client has the file to which a message of `sender` (a client) refers, as that message says it is."""

    group: str
    sender: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FileRejected:
    """What a member must not take for the file to which a message of `sender` (a client) refers: which rule it broke (a
    slug), and the sentence for people.
    """

    group: str
    sender: str
    rule: str
    reason: str
    rules: tuple[str, ...] = ()


Event: TypeAlias = (
    Joined
    | Sent
    | Received
    | Proposed
    | EpochChanged
    | Removed
    | Lost
    | ConnectionRequested
    | Rejected
    | Doubted
    | Accepted
    | Refused
    | FellBehind
    | Equivocated
    | Recovered
    | Stopped
    | Substituted
    | Downloaded
    | FileRejected
)
