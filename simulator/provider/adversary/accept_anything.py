"""A hub in league with whoever asks: it takes any group and commit that RFC 9420 allows, whatever the draft says."""

from collections.abc import Sequence

from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.leaf_node import LeafNode
from simulator.provider.provider import Provider
from simulator.services.commands import GroupUpdate
from simulator.services.delivery.outbox import keep
from simulator.services.service_context import ServiceContext


def take_group(hub: Provider, leaf: LeafNode, info: GroupInfo) -> None:
    """Be the hub of a group, whoever its only member says it is. Raises MLSError."""
    hub.executor.do(lambda context: context.rules.take_group(leaf, info, context))


def take_commit(hub: Provider, update: GroupUpdate, welcomes: Sequence[MLSMessage] = ()) -> None:
    """Carry out a member's commit; from there everything goes the usual way. Raises MLSError, Misuse for a
    message that is no commit, and Refusal for Welcomes that do not fit it.
    """

    def do(context: ServiceContext) -> None:
        keep(context.rules.take_commit(update, welcomes, context), context)

    hub.executor.do(do)
