"""Which function carries out which command."""

from simulator.services import commands
from simulator.services.delivery import adding, creation, joining, messages, removing, updating
from simulator.services.delivery.repetition import is_repetition, remember
from simulator.services.delivery.request import GroupRequest
from simulator.services.effects import Effect
from simulator.services.results import Done, Result
from simulator.services.site import Site


def serve(request: GroupRequest, site: Site) -> tuple[Result, tuple[Effect, ...]]:
    """Carry out a client's request: what to answer, and what to do besides. Raises Refusal.

    A repetition of a request that was accepted is answered as that was, and does nothing: its client did not get the
    answer, and can't know otherwise whether the epoch it finds is of its own making.
    """
    if is_repetition(request, site):
        return Done(), ()
    result, effects = _carry_out(request, site)
    if isinstance(result, Done):
        remember(request, site)
    return result, effects


def _carry_out(request: GroupRequest, site: Site) -> tuple[Result, tuple[Effect, ...]]:
    command = request.command
    match command:
        case commands.RequestGroupId():
            return creation.request_group_id(request, site), ()
        case commands.CreateGroup():
            return creation.create_group(command, request, site), ()
        case commands.WelcomeInfo():
            return joining.welcome_info(command, request, site), ()
        case commands.ExternalCommitInfo():
            return joining.external_commit_info(command, request, site), ()
        case commands.DeleteGroup():
            effects = removing.delete_group(command, request, site)
        case commands.AddUsers():
            effects = adding.add_users(command, request, site)
        case commands.RemoveUsers():
            effects = removing.remove_users(command, request, site)
        case commands.AddClients():
            effects = adding.add_clients(command, request, site)
        case commands.RemoveClients():
            effects = removing.remove_clients(command, request, site)
        case commands.SelfRemoveClient():
            effects = removing.self_remove_client(command, request, site)
        case commands.UpdateClient():
            effects = updating.update_client(command, request, site)
        case commands.ExternalJoin():
            effects = joining.external_join(command, request, site)
        case commands.SendMessage():
            effects = messages.send_message(command, request, site)
        case commands.ReInitializeGroup():
            effects = updating.re_initialize_group(command, request, site)
    return Done(), effects
