"""Commits: what each has to fulfil, and what becomes of it ([P] 5.3; PROTOCOL.md, The hub)."""

from dataclasses import replace
from functools import partial

from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.messages.update import CommitBundle
from simulator.drafts.mimi_protocol_06.refusals import LEFT_OUT
from simulator.drafts.mimi_protocol_06.room.admission import judge_join
from simulator.drafts.mimi_protocol_06.room.invariants import check_invariants
from simulator.drafts.mimi_protocol_06.room.policy import judge
from simulator.drafts.mimi_protocol_06.room.room_state import Proposed, RoomState, committed_state
from simulator.drafts.mimi_protocol_06.rules.commit_bundles import check_tree, rebuilt_group_info
from simulator.drafts.mimi_protocol_06.rules.deliveries import fanned_out_commit
from simulator.drafts.mimi_protocol_06.rules.fan_out import Source, fan_out, providers_in
from simulator.drafts.mimi_protocol_06.rules.handshakes import Handshake
from simulator.drafts.mimi_protocol_06.rules.hub_proposals import HubProposals, propose, voided_by
from simulator.drafts.mimi_protocol_06.rules.leaves import check_leaf
from simulator.drafts.mimi_protocol_06.rules.mls_validity import valid
from simulator.drafts.mimi_protocol_06.rules.queue import actor
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import accepted_now, with_facts
from simulator.drafts.mimi_protocol_06.rules.welcomes import bring_welcome, check_welcome
from simulator.mls.commits.commit import Commit, ProposalByReference, ProposalByValue
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.framing import MemberSender
from simulator.mls.framing.message import MLSMessage
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.proposals import Add, ExternalInit, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check, refuse
from simulator.services.delivery.effects import Effect
from simulator.services.hub.commits import new_leaves
from simulator.services.hub.welcomes import added_by
from simulator.services.members import client_of
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

_SECTION = "PROTOCOL.md, The hub"

BY_MEMBERS, BY_JOINERS = (Add, Remove, AppDataUpdate), (ExternalInit, Remove, AppDataUpdate)
"""Which kinds of proposals a commit brings by value."""

COMMITS = rule("P6-4.2-FORM", Code.malformed, _SECTION, part="COMMIT", essential="there is nothing to be committed")
VALID = rule("P6-4.2-COMMIT", Code.invalid_commit, _SECTION)
KIND = rule("P6-5-PROPOSALS", Code.not_authorized, _SECTION, part="COMMITTED")
SAME_CLIENT = rule("P6-5-LEAF-SAME-CLIENT", Code.invalid_leaf_node, _SECTION)
WHOLE_QUEUE = rule("P6-4.2-WHOLE-QUEUE", LEFT_OUT, _SECTION, part="MEMBER")
SELF_REMOVES = rule("P6-4.2-WHOLE-QUEUE", LEFT_OUT, _SECTION, part="JOINER")
INVARIANTS = rule("P6-4.2-INVARIANTS", Code.invalid_commit, _SECTION, part="COMMIT")


@dataclass(frozen=True, slots=True)
class CheckedCommit:
    """A commit that may end the epoch of the room in `record`."""

    record: GroupRecord
    source: Source
    message: MLSMessage
    bundle: CommitBundle
    staged: StagedCommit
    group_info: MLSMessage

    @property
    def joins(self) -> bool:
        """Whether it is an external commit."""
        return not isinstance(self.staged.sender, MemberSender)


def check_commit(
    handshake: Handshake,
    bundle: CommitBundle,
    source: Source,
    state: RoomState,
    record: GroupRecord,
    context: ServiceContext,
) -> CheckedCommit:
    """Whether a commit may end the epoch; `state` is the room with what waits. Raises Refusal."""
    before, commit = record.public, handshake.first.content.content
    if not isinstance(commit, Commit):
        refuse(COMMITS, f"a {type(commit).__name__} is no commit")
    staged = valid(VALID, partial(before.stage_commit, handshake.first, context.now))
    _check_kinds(staged)
    for leaf in new_leaves(staged):
        check_leaf(leaf, before, context)
    _check_queue(commit, before)
    by_value = [Proposed(each.proposal, each.sender) for each in staged.proposals if not each.by_reference]
    if isinstance(staged.sender, MemberSender):
        _check_same_client(staged, before.tree.leaf(staged.sender.leaf_index))
        judge(actor(staged.sender, before), by_value, state)
    else:
        judge_join(source.client or "", by_value, state)
    after = committed_state(staged.group)
    valid(INVARIANTS, partial(check_invariants, after, committed_state(before)))
    check_welcome(bundle.welcome, staged)
    info = rebuilt_group_info(bundle.group_info_option, staged)
    check_tree(bundle.ratchet_tree_option, staged)
    return CheckedCommit(record, source, handshake.messages[0], bundle, staged, info)


def accept(commit: CheckedCommit, context: ServiceContext) -> tuple[int, tuple[Effect, ...]]:
    """Enter the next epoch: when that is, and who hears of it. Of what waited only that waits on which we propose anew,
    and only where the commit could not take it along.
    """
    before, staged = commit.record.public, commit.staged
    facts = accepted_now(RoomFacts.of(commit.record), context)
    timestamp = facts.last_timestamp
    anew = HubProposals(staged.group)
    if commit.joins:
        anew = propose(voided_by(before, staged.group), staged.group, context)
    brought = fanned_out_commit(timestamp, commit.message, anew.messages)
    effects = fan_out(brought, before, commit.source, context, to_source=bool(anew.messages))
    if commit.bundle.welcome is not None:
        effects += bring_welcome(commit.bundle.welcome, staged, facts.origins, timestamp, context)
    facts = facts.without_fetched(added_by(staged)).with_providers(providers_in(staged.group))
    record = commit.record.at(anew.group, commit.group_info)
    context.store.groups.save(with_facts(record, replace(facts, queue=anew.pending(timestamp))))
    return timestamp, effects


def _check_kinds(staged: StagedCommit) -> None:
    kinds = BY_MEMBERS if isinstance(staged.sender, MemberSender) else BY_JOINERS
    for item in staged.proposals:
        words = f"a {type(item.proposal).__name__} is not committed in rooms by value"
        check(KIND, item.by_reference or isinstance(item.proposal, kinds), words)


def _check_same_client(staged: StagedCommit, before: LeafNode | None) -> None:
    path = staged.update_path
    same = path is None or before is None or client_of(path.leaf_node) == client_of(before)
    check(SAME_CLIENT, same, "the commit gives its sender's leaf to another client")


def _check_queue(commit: Commit, before: PublicGroup) -> None:
    """By reference a member's commit takes along all that waits, a joiner's all SelfRemoves of that."""
    taken = {each.reference for each in commit.proposals if isinstance(each, ProposalByReference)}
    left = [each for each in before.proposals.values() if each.reference not in taken]
    words = "the commit leaves out " + ", ".join(f"a {type(each.proposal).__name__}" for each in left)
    joins = any(
        isinstance(each, ProposalByValue) and isinstance(each.proposal, ExternalInit) for each in commit.proposals
    )
    if joins:
        check(SELF_REMOVES, not any(isinstance(each.proposal, SelfRemove) for each in left), words)
    else:
        check(WHOLE_QUEUE, not left, words)
