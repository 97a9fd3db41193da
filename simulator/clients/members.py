"""A group's members by the names of clients and users."""

from collections.abc import Collection, Sequence

from simulator.errors import Misuse, hint
from simulator.mls.group import Group
from simulator.mls.tree.leaf_node import LeafNode
from simulator.services.members import client_of
from simulator.services.names import parse_client


class NoSuchMember(Misuse):
    """Somebody was named who is not in the group."""


def own_leaf(group: Group) -> LeafNode:
    """The leaf of the member whose view of the group this is."""
    member = group.public.member(group.own_index)
    if member is None:
        raise NoSuchMember("the group goes on without us: our leaf is blank")
    return member.leaf_node


def clients(group: Group) -> dict[int, str]:
    """The client URIs of all members by leaf index, from left to right."""
    return {member.leaf_index: client_of(member.leaf_node) for member in group.public.members()}


def leaves_of_users(group: Group, users: Sequence[str]) -> tuple[int, ...]:
    """The leaves of all clients of these users. Raises NoSuchMember for a user without any."""
    members = {index: parse_client(uri).user for index, uri in clients(group).items()}
    _check(users, members.values())
    return tuple(index for index, user in members.items() if user in users)


def leaves_of_clients(group: Group, uris: Sequence[str]) -> tuple[int, ...]:
    """The leaves of these clients. Raises NoSuchMember for one that has none."""
    members = clients(group)
    _check(uris, members.values())
    return tuple(index for index, uri in members.items() if uri in uris)


def _check(wanted: Sequence[str], present: Collection[str]) -> None:
    known = list(dict.fromkeys(present))
    for name in wanted:
        if name not in known:
            raise NoSuchMember(f"{name} is not in the group{hint(name, known)}")
