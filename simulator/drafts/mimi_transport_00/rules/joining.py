"""Join by Welcome or by external commit ([DS] DS assisted joining)."""

from simulator.drafts.mimi_transport_00.rules.access import check_client_of_group_user, check_joiner, find_group
from simulator.drafts.mimi_transport_00.rules.commits import accept, external_commit
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.services.commands import ExternalJoin, FetchJoinInfo, FetchTree
from simulator.services.delivery.effects import Effect
from simulator.services.results import GroupSnapshot, JoinerTree
from simulator.services.service_context import ServiceContext


def external_join(command: ExternalJoin, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """A client of a user in the group joins, or comes back after it lost its state. Raises Refusal."""
    return accept(external_commit(command.update, request, context), context)


def welcome_info(command: FetchTree, request: GroupRequest, context: ServiceContext) -> JoinerTree:
    """The ratchet tree of the epoch into which a client was invited. May be asked again until it has joined."""
    record = find_group(command.group_id, context)
    joiner = check_joiner(request, record, command.epoch, context)
    return JoinerTree(context.store.groups.tree(command.group_id, joiner.epoch))


def external_commit_info(command: FetchJoinInfo, request: GroupRequest, context: ServiceContext) -> GroupSnapshot:
    """GroupInfo and tree of the current epoch, for a client of a user in the group. Raises Refusal."""
    record = find_group(command.group_id, context)
    check_client_of_group_user(request, record, context)
    return GroupSnapshot(record.group_info, record.public.ratchet_tree())
