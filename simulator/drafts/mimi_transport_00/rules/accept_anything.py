"""An owner in league with whoever asks: it takes any group and any commit that RFC 9420 allows, whatever [DS] says."""

from collections.abc import Sequence

from simulator.drafts.mimi_transport_00.extensions import is_connection
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.rules.access import find_group
from simulator.drafts.mimi_transport_00.rules.commits import accept
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from simulator.drafts.mimi_transport_00.rules.welcomes import check_welcomes, invite
from simulator.errors import Misuse
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode
from simulator.services.commands import GroupUpdate
from simulator.services.delivery.effects import Effect
from simulator.services.hub.commits import ValidCommit
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord


def take_group(leaf: LeafNode, info: GroupInfo, context: ServiceContext) -> None:
    """Own a group, whoever its only member says it is. Raises MLSError."""
    public = PublicGroup.from_group_info(info, (leaf,), None)
    facts = GroupFacts(MIMI10, int(is_connection(leaf.extensions)))
    context.store.groups.save(GroupRecord(public, mls_message(info), facts.encoded))


def take_commit(update: GroupUpdate, welcomes: Sequence[MLSMessage], context: ServiceContext) -> tuple[Effect, ...]:
    """Carry out a member's commit; from there everything goes the usual way. Raises MLSError, Misuse for a
    message that is no commit, and Refusal for Welcomes that do not fit it.
    """
    record, message = find_group(update.commit.group_id, context), update.commit.body
    if not isinstance(message, PublicMessage):
        raise Misuse(f"a {type(message).__name__} is no commit that an owner could take")
    staged = record.public.stage_commit(message, context.now)
    info = staged.group.check_group_info(update.extensions, update.signature, staged.committer)
    (sender,) = (each for each in staged.group.members() if each.leaf_index == staged.committer)
    commit = ValidCommit(record, sender, update.commit, staged, mls_message(info))
    invitations = check_welcomes(welcomes, commit.staged)
    return accept(commit, context) + invite(invitations, commit, context)
