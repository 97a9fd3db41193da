"""An owner in league with whoever asks: it takes any group and any commit that RFC 9420 allows, whatever [DS] says."""

from collections.abc import Sequence

from simulator.errors import SimulatorError
from simulator.mls.framing import PublicMessage
from simulator.mls.group_info import GroupInfo
from simulator.mls.leaf_node import LeafNode
from simulator.mls.message import MLSMessage, mls_message
from simulator.mls.public_group import PublicGroup
from simulator.provider.provider import Provider
from simulator.services.commands import GroupUpdate
from simulator.services.delivery.access import find_group
from simulator.services.delivery.commits import ValidCommit, adopt
from simulator.services.delivery.request import message_group_id
from simulator.services.delivery.welcomes import check_welcomes, invite
from simulator.services.extensions import is_connection
from simulator.services.outbox import keep
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord


def take_group(owner: Provider, leaf: LeafNode, info: GroupInfo, version: int) -> None:
    """Own a group, whoever its only member says it is. Raises MLSError."""
    public = PublicGroup.from_group_info(info, (leaf,), None)
    record = GroupRecord(public, mls_message(info), version, is_connection(leaf.extensions))
    owner.executor.do(lambda context: context.store.groups.save(record))


def take_commit(owner: Provider, update: GroupUpdate, welcomes: Sequence[MLSMessage] = ()) -> None:
    """Carry out a member's commit; from there everything goes the usual way. Raises MLSError, SimulatorError for a
    message that is no commit, and Refusal for Welcomes that do not fit it.
    """
    message = update.commit.body

    def do(context: ServiceContext) -> None:
        record = find_group(message_group_id(update.commit), context)
        if not isinstance(message, PublicMessage):
            raise SimulatorError(f"a {type(message).__name__} is no commit that an owner could take")
        staged = record.public.stage_commit(message, context.now)
        info = staged.group.check_group_info(update.extensions, update.signature, staged.committer)
        (sender,) = (each for each in staged.group.members() if each.leaf_index == staged.committer)
        commit = ValidCommit(record, sender, update.commit, staged, mls_message(info))
        invitations = check_welcomes(welcomes, commit)
        keep(adopt(commit, context) + invite(invitations, commit, context), context)

    owner.executor.do(do)
