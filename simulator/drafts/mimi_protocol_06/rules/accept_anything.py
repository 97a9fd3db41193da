"""A hub in league with whoever asks: it takes any room and any commit that MLS allows, whatever [P] says."""

from collections.abc import Sequence

from simulator.drafts.mimi_protocol_06.messages.common import PartialGroupInfo, RatchetTreePresence, TreeAtHub
from simulator.drafts.mimi_protocol_06.messages.update import CommitBundle
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.mimi_protocol_06.rules.commits import CheckedCommit, accept
from simulator.drafts.mimi_protocol_06.rules.creation import keep_room
from simulator.drafts.mimi_protocol_06.rules.fan_out import Source
from simulator.drafts.mimi_protocol_06.rules.rooms import find_room
from simulator.drafts.mimi_protocol_06.rules.welcomes import check_welcome
from simulator.errors import Misuse
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.welcome import Welcome
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode
from simulator.services.commands import GroupUpdate
from simulator.services.delivery.effects import Effect
from simulator.services.members import uri_of
from simulator.services.names import parse_client
from simulator.services.service_context import ServiceContext


def take_group(leaf: LeafNode, info: GroupInfo, context: ServiceContext) -> None:
    """Be the hub of a room, whoever its only member says it is. Raises MLSError."""
    keep_room(PublicGroup.from_group_info(info, (leaf,), None), info, context)


def take_commit(update: GroupUpdate, welcomes: Sequence[MLSMessage], context: ServiceContext) -> tuple[Effect, ...]:
    """Carry out a commit; from there everything goes the usual way. Raises MLSError, Misuse for a message that is no
    commit, and Refusal for Welcomes that do not fit it.
    """
    public = update.commit.body
    if not isinstance(public, PublicMessage):
        raise Misuse(f"a {type(public).__name__} is no commit that a hub could take")
    record = find_room(room_of(public.content.group_id), context)
    staged = record.public.stage_commit(public, context.now)
    info = staged.group.check_group_info(update.extensions, update.signature, staged.committer)
    welcome = next((each.body for each in welcomes if isinstance(each.body, Welcome)), None)
    check_welcome(welcome, staged)
    option = PartialGroupInfo(RatchetTreePresence.no_ratchet_tree, update.extensions, update.signature)
    bundle = CommitBundle(welcome, option, TreeAtHub())
    (sender,) = (uri_of(each) for each in staged.group.members() if each.leaf_index == staged.committer)
    source = Source(parse_client(sender).provider, sender)
    return accept(CheckedCommit(record, source, update.commit, bundle, staged, mls_message(info)), context)[1]
