"""Connections between users: who agreed to be added to groups by whom ([DS] Connection establishment flow).

A user is connected from its own provider's point of view once it asked or accepted; each provider records its own
users' side, and only that.
"""

from simulator.services.names import user_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.site import Site


def accepted(user: str, peer: str, site: Site) -> None:
    """Our `user` asked `peer` for a connection, or accepted one: it lets `peer` in.

    Raises Refusal unknown_user, BadName.
    """
    if not site.store.users.exists(user):
        raise Refusal(Code.unknown_user, f"{user} is not a user of {site.provider}", "PROTOCOL.md section 5")
    user_provider(peer)
    site.store.connections.add(user, peer, site.now)


def ended(user: str, peer: str, site: Site) -> None:
    """Our `user` does not want to hear of `peer` any longer; the other side keeps its own record."""
    site.store.connections.remove(user, peer)


def connected(user: str, peer: str, site: Site) -> bool:
    """Whether our `user` lets `peer` add it to groups. A user's own clients need no connection."""
    return user == peer or site.store.connections.exists(user, peer)
