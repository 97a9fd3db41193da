"""How a draft uses MLS: what its clients put into leaves, KeyPackages, groups and messages, and what they check there.

`MLSProfile` alone is RFC 9420 without any addition; a draft's profile overrides what it does differently. Everything
here is computed: a profile has no state, and randomness comes in as `rand`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from simulator.dataclass import dataclass
from simulator.drafts.received_message import ReceivedMessage
from simulator.drafts.requests.answers import as_asked
from simulator.errors import Misuse
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.crypto import CipherSuite, KeyPair
from simulator.mls.crypto.randomness import Rand
from simulator.mls.errors import MLSError
from simulator.mls.extensions.components import NO_COMPONENTS, Components
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.received import ApplicationMessage
from simulator.mls.group import Group
from simulator.mls.identity import default_capabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.proposals.proposals import Proposal, Remove
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import Capabilities, LeafNode
from simulator.services.names import group_provider
from simulator.services.results import GroupSnapshot, Result

REGULAR = "regular"
"""The kind of KeyPackages, and of groups, that are for nothing special: every draft has it."""

CONNECTION = "connection"
"""The kind of those by which two users get to know each other, where a draft has such groups."""


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group that a client is about to create."""

    group_id: bytes
    creator: str
    """The URI of the client."""
    hub: str
    """The provider that will order the group's messages."""
    hub_keys: tuple[bytes, ...] = ()
    """With which signature keys the hub speaks in the group, as `DraftRules.hub_keys` has them."""
    kind: str = REGULAR
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What holds in it, where it is not as usual: by the draft's words."""


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into an application message: the data that is encrypted, and what is only authenticated beside it."""

    data: bytes
    authenticated_data: bytes = b""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a member accepts although it breaks a rule of the draft, which others are there to enforce."""

    rule: str
    """A short stable name, as in `MLSError.rule`."""
    reason: str
    rules: tuple[str, ...] = ()
    """The IDs of the rules and requirements that it breaks, the nearest first."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a member said in an application message, as far as it can be believed."""

    data: bytes
    doubts: tuple[Doubt, ...] = ()
    evidence: bytes = b""
    """What proves to the hub that it was said, as the draft encodes it; empty where nothing does."""
    attachment: bytes = b""
    """What is said of a file, as the draft encodes it; empty where none is referred to."""


class MLSProfile:
    """One draft's use of MLS. Users and clients are URIs; roles: the hub orders a group, its clients are members."""

    capabilities: Capabilities = default_capabilities()
    """Of every leaf."""
    kinds: tuple[str, ...] = (REGULAR,)
    """Of KeyPackages, each for the groups of the same kind."""
    last_resort: bool = False
    """Whether there are KeyPackages of last resort, which may be handed out more than once."""
    components: Components = NO_COMPONENTS
    """Whose data AppDataUpdates change."""
    handshake_data: bytes = b""
    """The authenticated_data of every proposal and commit."""
    rules: tuple[str, ...] = ()
    """By which only this draft's members reject messages, by the short names in `MLSError.rule`; doubts are no part."""
    ignores_past_handshakes: bool = False
    """Whether a proposal or commit of an epoch that a member is past of means nothing, as it may come all the same."""
    bodies: Mapping[type, Mapping[int, Any]] = {}
    """The structs in what the draft leaves to a type number: by container (Extension, ComponentData ...) and number."""

    has_roles: bool = False
    """Whether members have roles, and groups settings (`group_change`)."""
    has_evidence: bool = False
    """Whether `Said.evidence` proves anything."""

    authenticated_data: Any = None
    """The struct in the authenticated_data of messages; None if there is none."""

    def leaf_extensions(self, kind: str) -> tuple[Extension, ...]:
        """For the leaf of a KeyPackage of this kind, and of the creator of such a group."""
        del kind
        return ()

    def kind_of(self, leaf: LeafNode) -> str:
        """Of which kind the KeyPackage of this leaf is, or the group of the creator with this leaf."""
        del leaf
        return REGULAR

    def key_package_extensions(self, *, last_resort: bool) -> tuple[Extension, ...]:
        """For a KeyPackage itself. Raises ValueError for one of last resort, where the draft has no such thing."""
        if last_resort:
            raise ValueError("this draft has no KeyPackages of last resort")
        return ()

    def is_last_resort(self, key_package: KeyPackage) -> bool:
        """Whether a KeyPackage may be handed out and used more than once."""
        del key_package
        return False

    def new_group_id(self, hub: str, rand: Rand) -> bytes | None:
        """The id that a client of `hub` gives a new group; None where it has to ask the hub for one."""
        del hub, rand
        return None

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        """For the GroupContext of a new group."""
        del new
        return ()

    def sealing_key(self, suite: CipherSuite, rand: Rand) -> KeyPair | None:
        """The key pair to which a hub encrypts what a joiner has to know; None where that comes as it is."""
        del suite, rand
        return None

    def open_join_info(
        self, answer: Result, group_id: bytes, suite: CipherSuite, keys: KeyPair | None
    ) -> GroupSnapshot:
        """What a hub has answered to a joiner that has these `keys`. Raises BadAnswer, MLSError or DecodeError."""
        del suite, keys
        words = f"{group_provider(group_id)} did not answer with a GroupInfo"
        return as_asked(answer, GroupSnapshot, words)

    def roster_change(
        self, group: PublicGroup, *, adds: Sequence[str] = (), removes: Sequence[str] = ()
    ) -> tuple[Proposal, ...]:
        """What a member's commit must propose besides its Adds and Removes of these clients."""
        del group, adds, removes
        return ()

    def joining_change(self, group: PublicGroup, client: str) -> tuple[Proposal, ...]:
        """What an external commit of a client must propose besides its ExternalInit, and the Remove of its old leaf."""
        return self.roster_change(group, adds=(client,))

    def group_change(
        self, group: PublicGroup, *, roles: Mapping[str, str], settings: Mapping[str, Any]
    ) -> tuple[Proposal, ...]:
        """What a commit proposes to give users (URIs) other roles, and the group other settings, in the draft's words.

        Raises Misuse for words that it does not have.
        """
        del group
        raise Misuse(f"there is nothing of the kind to be changed: {', '.join((*roles, *settings))}")

    def roles_of(self, group: PublicGroup) -> Mapping[str, str]:
        """The role of each user (URI) that takes part, by the draft's words. Raises Misuse where there are none."""
        del group
        raise Misuse("nobody has a role here")

    def leave(self, group: Group, *, alone: bool = False) -> tuple[Proposal, ...]:
        """What a member proposes that wants to leave, all at once; somebody else commits it. Where users leave with all
        their clients, `alone` leaves the others in.
        """
        del alone
        return (Remove(group.own_index),)

    def welcome_for(self, key_package: KeyPackage) -> str:
        """The name of the Welcome that a KeyPackage goes into: those of one name share it."""
        del key_package
        return ""

    def wrap(self, data: bytes, group: Group, rand: Rand) -> Content:
        """The application message in which a member says `data` to the others."""
        del group, rand
        return Content(data)

    def unwrap(self, message: ApplicationMessage, group: PublicGroup, received: ReceivedMessage) -> Said:
        """What a member said in a message of this group; `received` is what it came in, where the draft may keep what
        the hub said of it. Raises MLSError where a member must not accept the message.
        """
        del group, received
        return Said(message.data)

    def check_invitation(self, key_package: KeyPackage, *, asked: bool) -> None:
        """Whether a Welcome to this KeyPackage of ours may come like this: `asked` is whether the user gave consent to
        this very group. Raises InvalidWelcome.
        """
        del key_package, asked

    def check_joined(self, group: PublicGroup, user: str, *, asked: bool) -> None:
        """Whether a Welcome leads a client of `user` into a sound group. Raises InvalidWelcome."""
        del group, user, asked

    def check_epoch(self, after: PublicGroup, before: PublicGroup | None, refuse: type[MLSError]) -> None:
        """Whether a member may go on in `after`, or a client join it by external commit; `before` is what it knew of
        the group, if anything. Raises `refuse`.
        """
        del after, before, refuse

    def doubts(self, commit: StagedCommit, before: PublicGroup) -> tuple[Doubt, ...]:
        """What is wrong with a commit that members accept: what they can't be sure of, or leave to the hub."""
        del commit, before
        return ()
