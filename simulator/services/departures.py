"""A user takes a client off its account, or the account ends ([DS] Client removals induced by the Delivery Service)."""

from collections.abc import Sequence

from simulator.services.delivery.removals import propose_removals
from simulator.services.directory import check_client
from simulator.services.effects import Effect
from simulator.services.refusal import Code, Refusal
from simulator.services.site import Site


def remove_client(client: str, site: Site) -> tuple[Effect, ...]:
    """Forget one of our clients, and propose its removal from the groups we own.

    The owners of other groups hear of it with their next delivery, which names the client among the unknown ones.
    Raises Refusal unknown_user.
    """
    check_client(client, site)
    return _forget((client,), site)


def remove_user(user: str, site: Site) -> tuple[Effect, ...]:
    """Forget a user of ours with all clients, as `remove_client` does. Raises Refusal unknown_user."""
    if not site.store.users.exists(user):
        raise Refusal(Code.unknown_user, f"{user} is not a user of {site.provider}", "PROTOCOL.md section 5")
    effects = _forget(site.store.users.clients_of(user), site)
    site.store.users.remove(user)
    return effects


def _forget(clients: Sequence[str], site: Site) -> tuple[Effect, ...]:
    for client in clients:
        site.store.users.remove_client(client)
    return tuple(effect for group_id in site.store.groups.ids() for effect in propose_removals(group_id, clients, site))
