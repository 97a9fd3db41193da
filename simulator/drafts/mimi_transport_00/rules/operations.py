"""Which function carries out which command."""

from simulator.drafts.mimi_transport_00.rules import adding, creation, joining, messages, removals_by_members, updating
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.services import commands
from simulator.services.delivery.effects import Effect
from simulator.services.hub.idempotency import is_repetition, remember
from simulator.services.results import Done, Result
from simulator.services.service_context import ServiceContext


def serve(request: GroupRequest, context: ServiceContext) -> tuple[Result, tuple[Effect, ...]]:
    """Carry out a client's request: what to answer, and what to do besides. Raises Refusal.

    A repetition of a request that was accepted is answered as that was, and does nothing: its client did not get the
    answer, and can't know otherwise whether the epoch it finds is of its own making.
    """
    digest = request.digest
    if digest is not None and is_repetition(digest, context):
        return Done(), ()
    result, effects = _carry_out(request, context)
    if isinstance(result, Done) and digest is not None:
        remember(digest, context)
    return result, effects


def _carry_out(request: GroupRequest, context: ServiceContext) -> tuple[Result, tuple[Effect, ...]]:
    command = request.command
    match command:
        case commands.RequestGroupId():
            return creation.request_group_id(request, context), ()
        case commands.CreateGroup():
            return creation.create_group(command, request, context), ()
        case commands.FetchTree():
            return joining.welcome_info(command, request, context), ()
        case commands.FetchJoinInfo():
            return joining.external_commit_info(command, request, context), ()
        case commands.DeleteGroup():
            effects = removals_by_members.delete_group(command, request, context)
        case commands.AddUsers():
            effects = adding.add_users(command, request, context)
        case commands.RemoveUsers():
            effects = removals_by_members.remove_users(command, request, context)
        case commands.AddClients():
            effects = adding.add_clients(command, request, context)
        case commands.RemoveClients():
            effects = removals_by_members.remove_clients(command, request, context)
        case commands.Leave():
            effects = removals_by_members.self_remove_client(command, request, context)
        case commands.UpdateClient():
            effects = updating.update_client(command, request, context)
        case commands.ExternalJoin():
            effects = joining.external_join(command, request, context)
        case commands.SendMessage():
            effects = messages.send_message(command, request, context)
        case commands.ReInitializeGroup():
            effects = updating.re_initialize_group(command, request, context)
    return Done(), effects
