"""Names: providers are FQDNs; users, clients and groups are URIs below their provider.

provider  a.example
user      mimi://a.example/u/alice
client    mimi://a.example/d/alice/phone      the user follows from the client
group     mimi://a.example/g/<id>             the provider is the group's hub
"""

import re
from functools import lru_cache
from typing import NamedTuple

from simulator.errors import SimulatorError
from simulator.printable import printable

MAX_FQDN = 253

_LONGEST = 7 + MAX_FQDN + 3 + 2 * 128 + 1
"""In characters: a client's URI, `mimi://<provider>/d/<user>/<device>`."""

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]{1,128}")
_OF_THE_MACHINE_ITSELF = ("localhost", "localdomain", "local", "internal", "home.arpa", "in-addr.arpa", "ip6.arpa")
"""Domains that mean something else on every machine or network, or no host at all (RFC 6761, 6762, 8375)."""

_ADDRESS_LIKE = re.compile(r"[0-9]+|0x[0-9a-f]*")


class BadName(SimulatorError):
    """A string that is no name of the kind it is used as."""


class ClientName(NamedTuple):
    """A client URI taken apart; `user` is the user's URI."""

    provider: str
    user: str
    device: str


def fqdn(text: str) -> str:
    """`text` itself, if it is the name of a provider or a host: two labels or more of lower case ASCII, 1-253 bytes.

    A last label of digits makes an IPv4 literal, not a name (RFC 1123 2.1). Names that mean the asking machine itself,
    or something in its own network, lead nowhere from outside: who sends them wants to misuse us. Raises BadName.
    """
    if not 1 <= len(text) <= MAX_FQDN or "." not in text:
        raise BadName(f"{text[:80]!r} is no FQDN: it needs two labels or more, and 1 to {MAX_FQDN} bytes")
    return _fqdn(text)


@lru_cache(maxsize=1024)
def _fqdn(text: str) -> str:
    """The rest of `fqdn`: one request may have thousands of names, which are of few providers."""
    labels = text.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or _ADDRESS_LIKE.fullmatch(labels[-1]):
        raise BadName(
            f"{text[:80]!r} is no FQDN: labels are lower case letters, digits and inner hyphens, the last no number"
        )
    if any(f".{text}".endswith(f".{domain}") for domain in _OF_THE_MACHINE_ITSELF):
        raise BadName(f"{text!r} is a name within one machine or network, nothing that others can reach")
    return text


def user(provider: str, name: str) -> str:
    """The URI of user `name` (`alice`) at `provider`."""
    return _build(provider, "u", name)


@lru_cache(maxsize=4096)
def client(provider: str, user_name: str, device: str) -> str:
    """The URI of the client `device` (`phone`) of user `user_name` (`alice`) at `provider`."""
    return _build(provider, "d", user_name, device)


def group(provider: str, name: str) -> bytes:
    """The MLS group_id of the group `name` whose hub is `provider`."""
    return _build(provider, "g", name).encode()


@lru_cache(maxsize=4096)
def user_provider(uri: str) -> str:
    """The provider of a user. Raises BadName if `uri` is no user."""
    return _parse(uri, "u", 1)[0]


@lru_cache(maxsize=4096)
def parse_client(uri: str) -> ClientName:
    """The provider, user and device of a client. Raises BadName if `uri` is no client."""
    provider, (name, device) = _parse(uri, "d", 2)
    return ClientName(provider, user(provider, name), device)


@lru_cache(maxsize=1024)
def group_provider(group_id: bytes) -> str:
    """The hub of a group. Raises BadName if `group_id` is no group URI."""
    try:
        return _parse(group_id.decode("ascii"), "g", 1)[0]
    except UnicodeDecodeError as error:
        raise BadName(f"group id {group_id[:80].hex()} is no group URI: it is not ASCII") from error


def show_group(group_id: bytes) -> str:
    """A group_id as people read it: the URI, or hex where it is none. What is longer than any URI can be is cut."""
    return _shown(group_id[: _LONGEST + 1])


@lru_cache(maxsize=1024)
def _shown(beginning: bytes) -> str:
    """The rest of `show_group`: each request about a group says its name more than once."""
    text = beginning.decode("ascii", "replace")
    if not text or not text.isascii() or not text.isprintable():
        text = f"0x{beginning[:_LONGEST].hex()}"
    return printable(text, _LONGEST)


def _build(provider: str, kind: str, *segments: str) -> str:
    for segment in segments:
        if not _SEGMENT.fullmatch(segment):
            raise BadName(
                f"{segment[:80]!r} can't be part of a name: letters, digits and . _ ~ - only, 1 to 128 of them"
            )
    return f"mimi://{fqdn(provider)}/{kind}/{'/'.join(segments)}"


_KINDS = {"u": "user", "d": "client", "g": "group"}


def _parse(uri: str, kind: str, count: int) -> tuple[str, list[str]]:
    match uri.split("/"):
        case ["mimi:", "", provider, found, *segments] if found == kind and len(segments) == count:
            if all(_SEGMENT.fullmatch(segment) for segment in segments):
                return fqdn(provider), segments
    form = f"mimi://<provider>/{kind}" + "/<name>" * count
    raise BadName(f"{uri[:80]!r} is no {_KINDS[kind]} URI ({form})")
