"""A group as one of its members sees it: everything a client needs.

    create / join / external_join            how one gets in
    propose, propose_update, commit          what one sends about the group itself
    encrypt                                  application data
    process                                  whatever others send
    export, epoch_authenticator, group_info  what one tells others

A `Group` is a value: operations return the next one, and one that raises has changed nothing. An own Commit takes
effect when the caller adopts `CommitBundle.next`, so a Commit that the Delivery Service rejects is simply dropped.
Never go on with an old `Group` after encrypting with it: its keys would be used twice.
"""

from collections.abc import Callable, Mapping, Sequence

from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit
from simulator.mls.commits.commit_builder import BuiltCommit, CommitOptions, build_commit
from simulator.mls.commits.external_commit import build_external_commit
from simulator.mls.commits.successor import SuccessorPlan, branch, reinitialize
from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.extensions.components import Components
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.framing import rules
from simulator.mls.framing.framing import ApplicationData, PrivateMessage, PublicMessage, WireFormat
from simulator.mls.framing.incoming import follow_commit, open_message
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.outgoing import send_application, send_proposal, send_update
from simulator.mls.framing.received import ApplicationMessage, CommitBundle, ProposalMessage, StagedMemberCommit
from simulator.mls.identity import Identity
from simulator.mls.joining.founding import create_group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.group_info_builder import build_group_info
from simulator.mls.joining.join import join_by_welcome, open_welcome
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import KeyPackageBundle
from simulator.mls.joining.welcome import Welcome
from simulator.mls.key_schedule.psk import PreSharedKeyID
from simulator.mls.key_schedule.psk_store import NO_PSKS, PSKStore
from simulator.mls.long_work import Steps, finish
from simulator.mls.member_state import MemberState
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode, Lifetime
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.mls.tree.roster import Member
from simulator.rules import refuse

__all__ = [
    "ApplicationMessage",
    "CommitBundle",
    "Group",
    "ProposalMessage",
    "StagedMemberCommit",
    "SuccessorPlan",
    "open_welcome",
]


@dataclass(frozen=True, eq=False)
class Group:
    """One member's view of one epoch. `now` is unix seconds everywhere; None leaves lifetimes unchecked."""

    state: MemberState

    @classmethod
    def create(
        cls,
        identity: Identity,
        suite: CipherSuite,
        group_id: bytes,
        rand: Rand,
        lifetime: Lifetime,
        *,
        extensions: Sequence[Extension] = (),
        leaf_extensions: Sequence[Extension] | None = None,
    ) -> "Group":
        """A new group with its creator alone, at epoch 0 (RFC 9420 11).

        `lifetime` is that of the creator's leaf, `extensions` are the GroupContext's, `leaf_extensions` replace the
        identity's usual ones. Raises InvalidGroupInfo or InvalidLeafNode.
        """
        return cls(create_group(identity, suite, group_id, rand, lifetime, extensions, leaf_extensions))

    @classmethod
    def join(
        cls,
        welcome: Welcome,
        bundles: Sequence[KeyPackageBundle],
        identity: Identity,
        ratchet_tree: RatchetTreeNodes | None = None,
        *,
        now: int | None = None,
        psks: PSKStore = NO_PSKS,
        groups: Sequence["Group"] = (),
    ) -> "Group":
        """Join by Welcome (RFC 9420 12.4.3.1); the tree is in it or beside it.

        With `now` no leaf of the tree may have expired, as the RFC recommends.

        `groups` are the client's other groups: a group_id may not be among them, and their epochs have resumption
        PSKs. See `join_by_welcome` for what it raises.
        """
        return finish(cls.joining(welcome, bundles, identity, ratchet_tree, now=now, psks=psks, groups=groups))

    @classmethod
    def joining(
        cls,
        welcome: Welcome,
        bundles: Sequence[KeyPackageBundle],
        identity: Identity,
        ratchet_tree: RatchetTreeNodes | None = None,
        *,
        now: int | None = None,
        psks: PSKStore = NO_PSKS,
        groups: Sequence["Group"] = (),
    ) -> Steps["Group"]:
        """`join` in steps."""
        others = {group.group_id: group.state for group in groups}
        return cls((yield from join_by_welcome(welcome, bundles, identity, ratchet_tree, now, psks, others)))

    @classmethod
    def external_join(
        cls,
        group_info: GroupInfo,
        ratchet_tree: RatchetTreeNodes | None,
        identity: Identity,
        rand: Rand,
        now: int | None = None,
        *,
        resync: bool = True,
        leaf_extensions: Sequence[Extension] | None = None,
        psk_ids: Sequence[PreSharedKeyID] = (),
        psks: PSKStore = NO_PSKS,
        authenticated_data: bytes = b"",
    ) -> CommitBundle:
        """Join by an external Commit (RFC 9420 12.4.3.2); adopt `.next` once it is accepted.

        With `resync` the Commit also removes the leaf that this identity may have in the group already. Raises
        InvalidGroupInfo (`external_pub_missing`), InvalidTree, InvalidLeafNode or InvalidPSK.
        """
        public = PublicGroup.from_group_info(group_info, ratchet_tree, now)
        joining = cls.external_joining(
            group_info,
            public,
            identity,
            rand,
            resync=resync,
            leaf_extensions=leaf_extensions,
            psk_ids=psk_ids,
            psks=psks,
            authenticated_data=authenticated_data,
        )
        return finish(joining)

    @classmethod
    def external_joining(
        cls,
        group_info: GroupInfo,
        public: PublicGroup,
        identity: Identity,
        rand: Rand,
        *,
        resync: bool = True,
        leaf_extensions: Sequence[Extension] | None = None,
        psk_ids: Sequence[PreSharedKeyID] = (),
        psks: PSKStore = NO_PSKS,
        proposals: Sequence[Proposal] = (),
        references: Sequence[bytes] = (),
        authenticated_data: bytes = b"",
    ) -> Steps[CommitBundle]:
        """`external_join` in steps, into the group that `PublicGroup.importing` has made of the GroupInfo.

        The Commit has `proposals` by value, and by reference the SelfRemoves that `public` has stored,
        and `references` (which RFC 9420 12.4.3.2 forbids).
        """
        built = yield from build_external_commit(
            group_info,
            public,
            identity,
            rand,
            resync=resync,
            leaf_extensions=leaf_extensions,
            psks=psks,
            psk_ids=psk_ids,
            proposals=proposals,
            references=references,
            authenticated_data=authenticated_data,
        )
        return _bundle(built)

    @property
    def public(self) -> PublicGroup:
        """The group as everybody sees it."""
        return self.state.public

    @property
    def identity(self) -> Identity:
        """Who this member is here."""
        return self.state.identity

    @property
    def own_index(self) -> int:
        """The own leaf index."""
        return self.state.own_index

    @property
    def own_leaf(self) -> LeafNode:
        """The own leaf. Raises ValueError for a member that was removed."""
        leaf = self.public.tree.leaf(self.own_index)
        if leaf is None:
            raise ValueError("this member has no leaf any more")
        return leaf

    @property
    def group_id(self) -> bytes:
        """The group's identifier."""
        return self.public.group_id

    @property
    def epoch(self) -> int:
        """The number of the current epoch."""
        return self.public.epoch

    @property
    def active(self) -> bool:
        """Whether this member can still send: it was not removed, and no ReInit has ended the group."""
        return not self.state.removed and self.public.reinit is None

    @property
    def epoch_authenticator(self) -> bytes:
        """Equal at all members of an epoch, to be compared out of band (RFC 9420 8.7)."""
        return self.state.secrets.epoch_authenticator

    @property
    def resumption_psks(self) -> Mapping[tuple[bytes, int], bytes]:
        """The resumption PSKs of this and past epochs, by (group_id, epoch) (RFC 9420 8.6)."""
        return self.state.resumption_psks

    def members(self) -> tuple[Member, ...]:
        """All members in the order of their leaves."""
        return self.public.members()

    def with_components(self, components: Components) -> "Group":
        """The same member, of a group whose application has these components."""
        return Group(self.state.with_public(self.public.with_components(components)))

    def export(self, label: str, context: bytes, length: int) -> bytes:
        """MLS-Exporter (RFC 9420 8.5): `length` bytes for a use outside of MLS."""
        return self.state.secrets.export(label, context, length)

    def group_info(self, kinds: Sequence[ExtensionType] = (ExtensionType.external_pub,)) -> GroupInfo:
        """A signed GroupInfo of this epoch with these extensions: external_pub, ratchet_tree (RFC 9420 12.4.3)."""
        return build_group_info(self.state, kinds)

    def propose(
        self,
        proposal: Proposal,
        rand: Rand,
        now: int | None = None,
        *,
        private: bool = False,
        authenticated_data: bytes = b"",
    ) -> tuple[MLSMessage, "Group"]:
        """Propose anything but an own Update, in public or encrypted. Raises what receivers would raise."""
        message, state = send_proposal(self.state, proposal, rand, now, _wire_format(private), authenticated_data)
        return message, Group(state)

    def propose_update(
        self,
        rand: Rand,
        *,
        identity: Identity | None = None,
        leaf_extensions: Sequence[Extension] | None = None,
        private: bool = False,
        authenticated_data: bytes = b"",
    ) -> tuple[MLSMessage, "Group"]:
        """Propose a fresh encryption key and, if given, another identity or leaf extensions for the own leaf.

        They count from the Commit on that somebody else makes of it (RFC 9420 12.1.2).
        """
        message, state = send_update(
            self.state, rand, identity, leaf_extensions, _wire_format(private), authenticated_data
        )
        return message, Group(state)

    def commit(
        self,
        proposals: Sequence[Proposal],
        rand: Rand,
        now: int | None,
        *,
        include_references: bool = True,
        force_path: bool = False,
        welcome_per: Callable[[KeyPackage], str] | None = None,
        tree_in_welcome: bool = False,
        identity: Identity | None = None,
        leaf_extensions: Sequence[Extension] | None = None,
        psks: PSKStore = NO_PSKS,
        private: bool = False,
        authenticated_data: bytes = b"",
    ) -> CommitBundle:
        """Commit `proposals` by value, and before them those stored ones that fit, by reference (RFC 9420 12.4.1).

        The Commit has a path where one is needed, with `force_path`, and with a new `identity` (its signature key
        counts from the next epoch on) or new `leaf_extensions`. `welcome_per` maps each added KeyPackage to the
        name of the Welcome that it goes into; without it there is one for all. `tree_in_welcome` puts the tree
        into the Welcomes' GroupInfo. Raises what receivers would raise, and InvalidPSK.
        """
        options = CommitOptions(
            include_references=include_references,
            force_path=force_path,
            welcome_per=welcome_per,
            tree_in_welcome=tree_in_welcome,
            wire_format=_wire_format(private),
            authenticated_data=authenticated_data,
            psks=psks,
            identity=identity,
            leaf_extensions=leaf_extensions,
        )
        return _bundle(build_commit(self.state, proposals, rand, now, options))

    def reinitialize(self, plan: SuccessorPlan, rand: Rand, now: int | None) -> tuple["Group", CommitBundle]:
        """Found the group that this one's ReInit announced (RFC 9420 11.2): at epoch 0, and the Commit to epoch 1.

        Raises NotAllowed (`no_reinit`), and what `commit` raises.
        """
        founded, built = reinitialize(self.state, plan, rand, now)
        return Group(founded), _bundle(built)

    def branch(
        self, group_id: bytes, plan: SuccessorPlan, rand: Rand, now: int | None, extensions: Sequence[Extension] = ()
    ) -> tuple["Group", CommitBundle]:
        """Found a group of some members of this one (RFC 9420 11.3): at epoch 0, and the Commit to epoch 1.

        `extensions` are the new GroupContext's. Raises what `create` and `commit` raise.
        """
        founded, built = branch(self.state, group_id, extensions, plan, rand, now)
        return Group(founded), _bundle(built)

    def encrypt(
        self, data: bytes, rand: Rand, authenticated_data: bytes = b"", *, padding: int = 0
    ) -> tuple[MLSMessage, "Group"]:
        """An application message, with `padding` zero bytes inside.

        Raises NotAllowed (`proposals_pending`, `not_a_member`, `group_reinitialized`).
        """
        message, state = send_application(self.state, data, rand, authenticated_data, padding)
        return message, Group(state)

    def process(
        self, message: MLSMessage, now: int | None, psks: PSKStore = NO_PSKS
    ) -> ApplicationMessage | ProposalMessage | StagedMemberCommit:
        """Take in a PublicMessage or PrivateMessage of others.

        Raises InvalidMessage (`wrong_wire_format` for other bodies), WrongGroup, WrongEpoch and whatever is wrong with
        the message; this Group stays as usable as it was.
        """
        body = message.body
        if not isinstance(body, PublicMessage | PrivateMessage):
            refuse(rules.FORMAT, f"a {type(body).__name__} is no group message")
        opened = open_message(self.state, body)
        framed, state = opened.content.content, opened.state
        if isinstance(framed.content, ApplicationData) and opened.sender is not None:
            return ApplicationMessage(
                opened.sender, framed.content.data, framed.authenticated_data, framed.epoch, Group(state)
            )
        if isinstance(framed.content, Commit):
            staged = state.public.stage_authenticated_commit(opened.content, now)
            next_state = follow_commit(state, opened.content, staged, psks)
            return StagedMemberCommit(staged, framed.authenticated_data, next_state.removed, Group(next_state))
        proposed = state.public.stage_authenticated_proposal(opened.content, now)
        return ProposalMessage(proposed, framed.authenticated_data, Group(state.with_public(proposed.group)))


def _wire_format(private: bool) -> WireFormat:
    return WireFormat.mls_private_message if private else WireFormat.mls_public_message


def _bundle(built: BuiltCommit) -> CommitBundle:
    return CommitBundle(built.message, built.welcomes, built.group_info, Group(built.state))
