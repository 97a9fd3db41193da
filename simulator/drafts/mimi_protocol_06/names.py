"""Names beside those of users and clients (PROTOCOL.md, Names).

provider   mimi://a.example
room       mimi://a.example/r/<id>     its MLS group is mimi://a.example/g/<id>; the provider in both is the hub
asset      https://a.example/v1/asset/<32 hex digits>

URIs are compared byte by byte.
"""

import re
from urllib.parse import urlsplit

from simulator.services.names import BadName, fqdn, group_provider

_ROOM, _GROUP = "/r/", "/g/"
_LONGEST_URL = 2048
_URL = re.compile(r"[!-~]+")
_ASSET = "/v1/asset/"
_ASSET_ID = re.compile(r"[0-9a-f]{32}")


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


def absolute_url(text: str) -> str:
    """The same, if it is a URL with a scheme and a host, whatever they are. Raises BadName."""
    try:
        parts = urlsplit(text if len(text) <= _LONGEST_URL and _URL.fullmatch(text) else "")
    except ValueError as error:
        raise BadName(f"{text[:80]!r} is no URL: {error}") from error
    if not parts.scheme or not parts.netloc:
        raise BadName(f"{text[:80]!r} is no URL with a scheme and a host, of at most {_LONGEST_URL} characters")
    return text


def asset_id(text: str) -> str:
    """The same, if it is the id of an asset: 128 bits that nobody can guess. Raises BadName."""
    if not _ASSET_ID.fullmatch(text):
        raise BadName(f"{text[:80]!r} is no id of an asset: 32 hex digits")
    return text


def asset_url(provider: str, asset: str) -> str:
    """Where a provider has an asset."""
    return f"https://{provider}{_ASSET}{asset}"


def asset_place(url: str) -> tuple[str, str]:
    """The provider that has an asset, and the asset's id there. Raises BadName for what is the URL of no asset: of
    another scheme, with a port, a user or a query, or with another path.
    """
    host, _, asset = url.removeprefix("https://").partition(_ASSET)
    try:
        if asset_url(fqdn(host), asset_id(asset)) == url:
            return host, asset
    except BadName as error:
        raise BadName(f"{url[:120]!r} is the URL of no asset ({asset_url('<provider>', '<id>')}): {error}") from error
    raise BadName(f"{url[:120]!r} is the URL of no asset ({asset_url('<provider>', '<id>')})")
