"""The members of a group by the names of clients and users."""

from simulator.mls.credential import identity_of
from simulator.mls.leaf_node import LeafNode
from simulator.mls.public_group import PublicGroup
from simulator.services.names import BadName, parse_client


def client_of(leaf: LeafNode) -> str:
    """The client URI in a leaf's credential."""
    return identity_of(leaf.credential).decode(errors="replace")


def users_of(public: PublicGroup) -> set[str]:
    """The URIs of the users in a group; a leaf that is no client's counts as a user of its own."""
    return {_user_of(client_of(member.leaf_node)) for member in public.members()}


def _user_of(client: str) -> str:
    try:
        return parse_client(client).user
    except BadName:
        return client
