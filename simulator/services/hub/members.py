"""The members of a group as users and clients."""

from simulator.mls.public_group import PublicGroup
from simulator.mls.roster import Member
from simulator.services.names import ClientName, parse_client


def name_of(member: Member) -> ClientName:
    """Provider, user and device of a member; its credential was checked when it came."""
    return parse_client(member.identity.decode())


def uri_of(member: Member) -> str:
    """The client URI of a member."""
    return member.identity.decode()


def users_of(group: PublicGroup) -> dict[str, list[Member]]:
    """The users in the group with their clients, in the order of their leaves."""
    users: dict[str, list[Member]] = {}
    for member in group.members():
        users.setdefault(name_of(member).user, []).append(member)
    return users


def all_but(client: str, group: PublicGroup) -> list[str]:
    """The client URIs of all other members."""
    return [uri for member in group.members() if (uri := uri_of(member)) != client]
