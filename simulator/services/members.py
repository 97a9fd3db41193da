"""The members of a group by the names of clients and users."""

from simulator.by_object import ByObject
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import identity_of
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.roster import Member
from simulator.services.names import BadName, ClientName, parse_client


def client_of(leaf: LeafNode) -> str:
    """The client URI in a leaf's credential."""
    return identity_of(leaf.credential).decode(errors="replace")


def uri_of(member: Member) -> str:
    """The client URI of a member."""
    return client_of(member.leaf_node)


def name_of(member: Member) -> ClientName:
    """Provider, user and device of a member of a group that was checked. Raises BadName for one that is no client."""
    return parse_client(uri_of(member))


def users_of(public: PublicGroup) -> dict[str, list[Member]]:
    """The URIs of the users in a group with their clients, in the order of their leaves; a leaf that is no client's
    counts as a user of its own.
    """
    users: dict[str, list[Member]] = {}
    for member in public.members():
        users.setdefault(_user_of(uri_of(member)), []).append(member)
    return users


def all_but(client: str, public: PublicGroup) -> list[str]:
    """The client URIs of all other members."""
    return [uri for uri in _URIS(public.members()) if uri != client]


def _uris(members: tuple[Member, ...]) -> tuple[str, ...]:
    return tuple(uri_of(member) for member in members)


_URIS = ByObject(_uris, least=32, size=32)
"""A group's members are the same object until its tree changes."""


def _user_of(client: str) -> str:
    try:
        return parse_client(client).user
    except BadName:
        return client
