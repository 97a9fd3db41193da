"""A member's own Commit, with the Welcomes and the GroupInfo that go along (RFC 9420 12.4.1)."""

from collections.abc import Callable, Sequence
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit, ProposalByReference, ProposalByValue, ProposalOrRef, UpdatePath
from simulator.mls.commits.commit_rules import path_required
from simulator.mls.commits.commit_sealing import EntropyInputs, SealedCommit, seal_commit
from simulator.mls.commits.epoch_change import EpochChange, EpochDraft, begin_epoch
from simulator.mls.crypto.randomness import Rand
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.framing.framing import MemberSender, WireFormat
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.outgoing import check_can_send, frame
from simulator.mls.identity import Identity
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.group_info_builder import build_group_info
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.welcome_builder import Invitation
from simulator.mls.key_schedule.psk import psk_secret
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.long_work import finish
from simulator.mls.member_state import MemberState
from simulator.mls.proposals.proposal_list import resolve
from simulator.mls.proposals.proposals import Proposal
from simulator.mls.proposals.reference_choice import choose_references
from simulator.mls.tree.treekem import NewPath, new_path


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitOptions:
    """How to commit; see `Group.commit`."""

    include_references: bool = True
    force_path: bool = False
    welcome_per: Callable[[KeyPackage], str] | None = None
    tree_in_welcome: bool = False
    wire_format: WireFormat = WireFormat.mls_public_message
    authenticated_data: bytes = b""
    psks: PSKStore = field(default_factory=PSKStore)
    identity: Identity | None = None
    leaf_extensions: Sequence[Extension] | None = None

    @property
    def needs_path(self) -> bool:
        """Whether the options alone ask for a path."""
        return self.force_path or self.identity is not None or self.leaf_extensions is not None


@dataclass(frozen=True, slots=True)
class BuiltCommit:
    """Everything a Commit brings about; `state` is the committer's next epoch."""

    message: MLSMessage
    welcomes: tuple[MLSMessage, ...]
    group_info: GroupInfo
    state: MemberState


def build_commit(
    state: MemberState, by_value: Sequence[Proposal], rand: Rand, now: int | None, options: CommitOptions
) -> BuiltCommit:
    """Commit `by_value` and, if asked for, what is stored. Raises what receivers would raise for the list."""
    check_can_send(state)
    public, sender = state.public, MemberSender(state.own_index)
    held = state.psks(options.psks)
    references = choose_references(public, by_value, state.own_index, held, now) if options.include_references else ()
    listed: tuple[ProposalOrRef, ...] = (
        *(ProposalByReference(stored.reference) for stored in references),
        *(ProposalByValue(proposal) for proposal in by_value),
    )
    change = begin_epoch(public, resolve(listed, sender, public.proposals), sender, now)
    psks = held.look_up(change.proposals.psks)
    path, draft, update_path = _with_path(state, change, rand, options)
    suite = public.suite
    inputs = EntropyInputs(
        state.secrets.init_secret, suite.zero if path is None else path.commit_secret, psk_secret(suite, psks)
    )
    sealed = seal_commit(
        public,
        draft,
        Commit(listed, update_path),
        sender,
        state.identity.signature_private_key,
        inputs,
        reinit=change.proposals.reinit,
        wire_format=options.wire_format,
        authenticated_data=options.authenticated_data,
    )
    message, state = frame(state, sealed.content, rand)
    next_state = _next_state(state, sealed, path, options.identity)
    invitation = Invitation(suite, sealed.joiner_secret, inputs.psk_secret, change.proposals.psks, path)
    group_info = build_group_info(next_state, (ExtensionType.external_pub,))
    welcome_info = group_info
    if options.tree_in_welcome:
        welcome_info = build_group_info(next_state, (ExtensionType.external_pub, ExtensionType.ratchet_tree))
    welcomes = invitation.welcomes(change.applied.added, welcome_info, options.welcome_per, rand)
    return BuiltCommit(message, tuple(mls_message(welcome) for welcome in welcomes), group_info, next_state)


def _with_path(
    state: MemberState, change: EpochChange, rand: Rand, options: CommitOptions
) -> tuple[NewPath | None, EpochDraft, UpdatePath | None]:
    if not options.needs_path and not path_required(change.proposals):
        return None, change.without_path(), None
    path = new_path(
        change.applied.tree,
        change.committer,
        state.leaf_template(options.identity, options.leaf_extensions),
        (options.identity or state.identity).signature_private_key,
        state.public.group_id,
        rand,
    )
    draft = change.with_own_path(path.tree, path.leaf_node)
    return path, draft, finish(path.encrypt(draft.context, change.new_leaves, rand))


def _next_state(
    state: MemberState, sealed: SealedCommit, path: NewPath | None, identity: Identity | None
) -> MemberState:
    private_tree = state.private_tree if path is None else path.private
    return state.in_next_epoch(sealed.public, identity or state.identity, private_tree, sealed.secrets)
