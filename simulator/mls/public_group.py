"""A group as everybody can see it who has no secrets: the Delivery Service, and every member underneath.

A `PublicGroup` is a value. Staging a message checks all that RFC 9420 lets one check without secrets and yields the
next value; nothing changes when it fails. What is left to members: membership and confirmation tags, the contents
of path ciphertexts, `external_pub`, PSKs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from simulator.codec import UNBOUNDED, decode, encode
from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit
from simulator.mls.commits.commit_rules import check_path_presence
from simulator.mls.commits.epoch_change import EpochDraft, begin_epoch
from simulator.mls.commits.staged import StagedCommit, StagedProposal
from simulator.mls.crypto.suite import CipherSuite, cipher_suite
from simulator.mls.extensions.components import NO_COMPONENTS, Components
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing import rules
from simulator.mls.framing.authentication import verify_content
from simulator.mls.framing.framing import ApplicationData, AuthenticatedContent, PublicMessage
from simulator.mls.framing.public_message import authenticated_content
from simulator.mls.framing.senders import signature_key_of
from simulator.mls.framing.transcript import confirmed_transcript_hash, interim_transcript_hash
from simulator.mls.joining.group_import import check_group_info_signature, import_group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.long_work import Steps, finish
from simulator.mls.proposals.proposal_list import StoredProposal, resolve
from simulator.mls.proposals.proposal_rules import ProposalRules
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.proposals.self_remove_rules import check_self_remove
from simulator.mls.public_group_record import PublicGroupRecord
from simulator.mls.remembered import Remembered
from simulator.mls.tree.node import RatchetTreeNodes, decode_nodes
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.roster import Member, Roster
from simulator.rules import check, refuse

_STAGED: Remembered[StagedCommit] = Remembered(32)
"""What a commit makes of a group, under both and the time: one fact for all members of it in this process, who go on in
the same next epoch, a single object.
"""


@dataclass(frozen=True, eq=False)
class PublicGroup:
    """One epoch of a group. `proposals` maps ProposalRefs to what was proposed in this epoch, in order of arrival.

    `reinit` is set once a Commit has ended the group: nothing can be staged any more. `components` are those of the
    application; they are not stored.
    """

    context: GroupContext
    tree: RatchetTree
    interim_transcript_hash: bytes
    confirmation_tag: bytes
    proposals: Mapping[bytes, StoredProposal] = field(default_factory=dict)
    reinit: ReInit | None = None
    known_roster: Roster | None = field(default=None, repr=False)
    components: Components = field(default_factory=lambda: NO_COMPONENTS, repr=False)

    @classmethod
    def from_group_info(
        cls, group_info: GroupInfo, ratchet_tree: RatchetTreeNodes | None, now: int | None
    ) -> "PublicGroup":
        """The group that a GroupInfo describes, after all checks of RFC 9420 12.4.3.1 that need no secrets.

        The tree is `ratchet_tree` or, if that is None, the ratchet_tree extension of the GroupInfo. With `now` (unix
        seconds) the lifetimes of all leaves are checked too. Raises InvalidGroupInfo, InvalidTree, InvalidLeafNode,
        UnsupportedCipherSuite or DecodeError.
        """
        return finish(cls.importing(group_info, ratchet_tree, now))

    @classmethod
    def importing(
        cls, group_info: GroupInfo, ratchet_tree: RatchetTreeNodes | None, now: int | None
    ) -> Steps["PublicGroup"]:
        """`from_group_info` in steps."""
        imported = yield from import_group(group_info, ratchet_tree, now)
        context = group_info.group_context
        interim = interim_transcript_hash(
            cipher_suite(context.cipher_suite), context.confirmed_transcript_hash, group_info.confirmation_tag
        )
        return cls(context, imported.tree, interim, group_info.confirmation_tag, known_roster=imported.roster)

    @property
    def group_id(self) -> bytes:
        """The group's identifier."""
        return self.context.group_id

    @property
    def epoch(self) -> int:
        """The number of the current epoch."""
        return self.context.epoch

    @property
    def suite(self) -> CipherSuite:
        """The group's cipher suite."""
        return self.tree.suite

    @cached_property
    def roster(self) -> Roster:
        """The members by what must be unique among them."""
        return Roster.of(self.members()) if self.known_roster is None else self.known_roster

    def members(self) -> tuple[Member, ...]:
        """All members in the order of their leaves."""
        return self.tree.members

    def member(self, leaf_index: int) -> Member | None:
        """The member at a leaf, or None if the leaf is blank or beyond the tree."""
        leaf = self.tree.leaf(leaf_index)
        return None if leaf is None else Member(leaf_index, leaf)

    def find(self, identity: bytes) -> Member | None:
        """The member whose credential has this identity."""
        index = self.roster.index_of(identity)
        return None if index is None else self.member(index)

    def with_components(self, components: Components) -> "PublicGroup":
        """The same epoch of a group whose application has these components."""
        return replace(self, components=components)

    def ratchet_tree(self) -> RatchetTreeNodes:
        """The tree as a ratchet_tree extension has it."""
        return self.tree.nodes()

    def stage_proposal(self, message: PublicMessage, now: int | None) -> StagedProposal:
        """Check a proposal of a member, external sender or new member.

        `now` (unix seconds, None to ignore lifetimes) judges KeyPackages. Raises WrongGroup, WrongEpoch,
        InvalidMessage, InvalidSignature, InvalidProposal, InvalidKeyPackage or InvalidLeafNode.
        """
        return self.stage_authenticated_proposal(self.authenticate(authenticated_content(message)), now)

    def stage_commit(self, message: PublicMessage, now: int | None) -> StagedCommit:
        """Check a Commit of a member or of a joiner (external Commit).

        Raises what `stage_proposal` raises, and InvalidCommit.
        """
        return self.stage_authenticated_commit(self.authenticate(authenticated_content(message)), now)

    def check_group_info(self, extensions: Sequence[Extension], signature: bytes, signer: int) -> GroupInfo:
        """The GroupInfo of this epoch with these extensions, if the member at leaf `signer` signed it.

        Raises InvalidGroupInfo with one of the rules `signer_blank`, `duplicate_extension`, `invalid_signature`.
        """
        group_info = GroupInfo(self.context, tuple(extensions), self.confirmation_tag, signer, signature)
        check_group_info_signature(group_info, self.tree)
        return group_info

    def to_bytes(self) -> bytes:
        """Everything `from_bytes` needs to go on."""
        stored = tuple(self.proposals.values())
        return encode(
            PublicGroupRecord(
                self.context,
                self.tree.encoded_nodes(),
                self.interim_transcript_hash,
                self.confirmation_tag,
                stored,
                self.reinit,
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "PublicGroup":
        """What `to_bytes` has written; it is trusted. Hashes are worked out when they are needed.

        Raises DecodeError.
        """
        record = decode(PublicGroupRecord, data, UNBOUNDED)
        return cls(
            record.context,
            RatchetTree.from_nodes(cipher_suite(record.context.cipher_suite), decode_nodes(record.ratchet_tree)),
            record.interim_transcript_hash,
            record.confirmation_tag,
            {stored.reference: stored for stored in record.proposals},
            record.reinit,
        )

    def authenticate(self, content: AuthenticatedContent) -> AuthenticatedContent:
        """`content` again, if it is for this epoch and signed by whom it names as its sender.

        Raises WrongGroup, WrongEpoch, InvalidSignature, InvalidMessage (`group_reinitialized` and the rules of
        `signature_key_of`), InvalidProposal or InvalidCommit.
        """
        framed = content.content
        check(
            rules.GROUP,
            framed.group_id == self.group_id,
            "the message is for another group",
            expected=self.group_id,
            got=framed.group_id,
        )
        check(
            rules.EPOCH,
            framed.epoch == self.epoch,
            "the message is of another epoch",
            expected=self.epoch,
            got=framed.epoch,
        )
        check(rules.GOING_ON, self.reinit is None, "a ReInit has ended this group")
        key = signature_key_of(framed, self.tree.leaf, self.context.extensions)
        verify_content(self.suite, key, content, self.context)
        return content

    def stage_authenticated_proposal(self, content: AuthenticatedContent, now: int | None) -> StagedProposal:
        """`stage_proposal` for content whose signature has been verified, also from a PrivateMessage."""
        proposal, sender = content.content.content, content.content.sender
        if isinstance(proposal, Commit | ApplicationData):
            refuse(rules.PROPOSAL, f"a {type(proposal).__name__} is no proposal")
        self._proposal_rules(now).check(proposal, sender, in_commit=False)
        reference = self.suite.proposal_ref(encode(content))
        stored = StoredProposal(reference, sender, proposal)
        if isinstance(proposal, SelfRemove):
            check_self_remove(stored, content.wire_format, self.proposals.values())
        return StagedProposal(
            proposal, sender, reference, replace(self, proposals={**self.proposals, reference: stored})
        )

    def stage_authenticated_commit(self, content: AuthenticatedContent, now: int | None) -> StagedCommit:
        """`stage_commit` for content whose signature has been verified, also from a PrivateMessage."""
        given = (content, now, self.context, *self._beside_context())
        return _STAGED.find(*given) or _STAGED.keep(self._stage(content, now), *given)

    def _beside_context(self) -> tuple[object, ...]:
        """All else that tells this group from others; its roster follows from the tree."""
        proposals = tuple(self.proposals.values())
        known = (self.interim_transcript_hash, self.confirmation_tag, proposals, self.reinit, self.components)
        return (*known, self.tree)

    def _stage(self, content: AuthenticatedContent, now: int | None) -> StagedCommit:
        commit, sender = content.content.content, content.content.sender
        if not isinstance(commit, Commit):
            refuse(rules.COMMIT, f"a {type(commit).__name__} is no Commit")
        change = begin_epoch(self, resolve(commit.proposals, sender, self.proposals), sender, now)
        check_path_presence(change.proposals, commit.path)
        draft = change.without_path() if commit.path is None else change.with_path(commit.path)
        confirmed_hash = confirmed_transcript_hash(self.suite, self.interim_transcript_hash, content)
        applied = change.applied
        return StagedCommit(
            sender=sender,
            committer=change.committer,
            proposal_list=change.proposals,
            added=applied.added,
            removed=applied.removed,
            updated=applied.renewed,
            update_path=commit.path,
            provisional_context=draft.context,
            group=self.next_epoch(draft, change.proposals.reinit, confirmed_hash, content.confirmation_tag or b""),
        )

    def next_epoch(
        self, draft: EpochDraft, reinit: ReInit | None, confirmed_hash: bytes, confirmation_tag: bytes
    ) -> "PublicGroup":
        """The next epoch, once its Commit has gone into the confirmed transcript hash and has its tag."""
        return PublicGroup(
            context=replace(draft.context, confirmed_transcript_hash=confirmed_hash),
            tree=draft.tree,
            interim_transcript_hash=interim_transcript_hash(self.suite, confirmed_hash, confirmation_tag),
            confirmation_tag=confirmation_tag,
            reinit=reinit,
            known_roster=draft.roster,
            components=self.components,
        )

    def _proposal_rules(self, now: int | None) -> ProposalRules:
        return ProposalRules(self.context, self.tree, now, self.components)
