"""Connections between users: who agreed to be added to groups by whom ([DS] Connection establishment flow).

A user is connected from its own provider's point of view once it asked or accepted; each provider records its own
users' side, and only that.
"""

from simulator.services.names import user_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext


def accepted(user: str, peer: str, context: ServiceContext) -> None:
    """Our `user` asked `peer` for a connection, or accepted one: it lets `peer` in.

    Raises Refusal unknown_user, BadName.
    """
    if not context.store.users.exists(user):
        raise Refusal(Code.unknown_user, f"{user} is not a user of {context.provider}", "PROTOCOL.md section 5")
    user_provider(peer)
    context.store.connections.add(user, peer, context.now)


def ended(user: str, peer: str, context: ServiceContext) -> None:
    """Our `user` does not want to hear of `peer` any longer; the other side keeps its own record."""
    context.store.connections.remove(user, peer)


def connected(user: str, peer: str, context: ServiceContext) -> bool:
    """Whether our `user` lets `peer` add it to groups. A user's own clients need no connection."""
    return user == peer or context.store.connections.exists(user, peer)
