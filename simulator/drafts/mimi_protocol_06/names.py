"""Names beside those of users and clients (PROTOCOL.md, Names).

provider   mimi://a.example
room       mimi://a.example/r/<id>     its MLS group is mimi://a.example/g/<id>; the provider in both is the hub

URIs are compared byte by byte.
"""

from simulator.services.names import BadName, fqdn, group_provider

_ROOM, _GROUP = "/r/", "/g/"


def provider_uri(provider: str) -> str:
    """A provider as a URI, as its credentials have it."""
    return f"mimi://{provider}"


def provider_of(uri: str) -> str:
    """The provider that a URI is of. Raises BadName for what is the URI of no provider."""
    scheme, _, domain = uri.partition("://")
    if scheme != "mimi":
        raise BadName(f"{uri[:80]!r} is no provider URI (mimi://<provider>)")
    return fqdn(domain)


def room_of(group_id: bytes) -> str:
    """The URI of the room of an MLS group. Raises BadName for what is the id of no group of a room."""
    group_provider(group_id)
    return group_id.decode().replace(_GROUP, _ROOM, 1)


def group_of(room: str) -> bytes:
    """The id of a room's MLS group. Raises BadName for what is the URI of no room."""
    start, _, rest = room.partition(_ROOM)
    try:
        group_id = f"{start}{_GROUP}{rest}".encode("ascii")
        group_provider(group_id)
    except (BadName, UnicodeEncodeError) as error:
        raise BadName(f"{room[:80]!r} is no room URI (mimi://<provider>/r/<id>)") from error
    return group_id


def hub_of(room: str) -> str:
    """The hub of a room: the authority of its URI. Raises BadName for what is the URI of no room."""
    return group_provider(group_of(room))
