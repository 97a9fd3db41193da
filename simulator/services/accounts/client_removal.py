"""A user takes a client off its account, or the account ends."""

from collections.abc import Sequence

from simulator.services.accounts.directory import check_client, check_user
from simulator.services.delivery.effects import Effect
from simulator.services.service_context import ServiceContext


def remove_client(client: str, context: ServiceContext) -> tuple[Effect, ...]:
    """Forget one of our clients, and tell the draft's rules: it is still in groups of which we are the hub.

    The hubs of other groups hear of it with their next delivery, which names the client among the unknown ones.
    Raises Refusal unknown_user.
    """
    check_client(client, context)
    _forget((client,), context)
    return _tell((client,), context)


def remove_user(user: str, context: ServiceContext) -> tuple[Effect, ...]:
    """Forget a user of ours with all clients, as `remove_client` does. Raises Refusal unknown_user."""
    check_user(user, context)
    clients = context.store.users.clients_of(user)
    _forget(clients, context)
    context.store.users.remove(user)
    context.store.consents.remove_target(user)
    context.store.granted_key_packages.remove_requester(user)
    return _tell(clients, context)


def _forget(clients: Sequence[str], context: ServiceContext) -> None:
    for client in clients:
        context.store.users.remove_client(client)


def _tell(clients: Sequence[str], context: ServiceContext) -> tuple[Effect, ...]:
    clients_gone, groups = context.rules.clients_gone, context.store.groups.ids()
    return tuple(effect for group_id in groups for effect in clients_gone(group_id, clients, context))
