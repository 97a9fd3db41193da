"""Who learned whom: the exchange that first named a user to a provider, as far as the provider could read it.

Only recorded bytes count: the URIs of users and of their clients in what a provider got, requests and answers, bodies,
headers and targets, as they came out of TLS. What is encrypted for somebody else names nobody.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from simulator.dataclass import dataclass
from simulator.trace.events import Exchange, Headers
from simulator.trace.header import Header
from simulator.trace.trace import Trace
from simulator.trace.tree import Part

MOST = 10_000
"""How many pairs of a provider and a user are remembered: somebody may invent users."""

_SEPARATORS = tuple(bytes([each]) for each in b" \"'(<=:,[")
"""What stands before a URI in a text. Each may be a length, too."""
_SEGMENT = rb"[A-Za-z0-9._~-]"
_URI = re.compile(
    rb"mimi://(?P<at>[a-z0-9.-]{1,253})/(?:u/(?P<user>%b{1,128})|d/(?P<of>%b{1,128})/%b{1,128})" % (3 * (_SEGMENT,))
)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """That a provider was told of a user of another one."""

    provider: str
    user: str
    """The user's URI."""
    exchange: Exchange
    """The first that named it."""
    part: Part
    """What of the exchange the provider got: the request, or the answer to its own."""
    name: str
    """What was found: the URI of the user, or one of a client that begins so."""
    sure: bool
    """Whether it has arrived: nobody knows that of a request without an answer, which only counts where no other
    exchange named the user.
    """


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Who knows whom at the end of a run, as a table."""

    users: tuple[str, ...]
    """URIs: those in the trace's header, then others that were named."""
    providers: tuple[str, ...]
    cells: Mapping[tuple[str, str], Disclosure]
    """By provider and user. A provider's own users are in no cell."""
    complete: bool = True
    """Whether there was room for all that were named."""


Key: TypeAlias = tuple[str, str]


def acquaintance(trace: Trace) -> Acquaintance:
    """The table of a run: which exchange first named whom to which provider."""
    found = _Disclosures(trace)
    rows = sorted(found.first.values(), key=lambda each: (each.exchange.number, each.provider, each.user))
    listed = [user_of(client.uri) for provider in trace.header.providers for client in provider.clients]
    users = dict.fromkeys((*listed, *(each.user for each in rows)))
    providers = dict.fromkeys((*(each.name for each in trace.header.providers), *(each.provider for each in rows)))
    cells = {(each.provider, each.user): each for each in rows}
    return Acquaintance(tuple(users), tuple(providers), cells, found.complete)


def user_of(uri: str) -> str:
    """The URI of a user, by that or by one of a client's; what is neither stays as it is."""
    found = _URI.fullmatch(_octets(uri))
    return uri if found is None else _user(found, found.end())


def shown_user(uri: str) -> str:
    """A user as people call it: `alice at a.example`."""
    found = _URI.fullmatch(_octets(uri))
    return uri if found is None else f"{uri.rpartition('/')[2]} at {found['at'].decode()}"


class _Disclosures:
    """The first exchange for each provider and user."""

    def __init__(self, trace: Trace) -> None:
        self.first: dict[Key, Disclosure] = {}
        self.complete = True
        self._ranks: dict[Key, tuple[bool, float, int]] = {}
        providers = _providers(trace.header, trace.exchanges)
        for exchange in trace.exchanges:
            answered = exchange.status is not None
            asked = exchange.provider or trace.header.provider_of(exchange.recipient)
            if asked in providers:
                self._take(asked, exchange, "request", exchange.started, sure=answered)
            if exchange.sender in providers and answered:
                self._take(exchange.sender, exchange, "response", exchange.started + exchange.seconds, sure=True)

    def _take(self, provider: str, exchange: Exchange, part: Part, at: float, *, sure: bool) -> None:
        rank = (not sure, at, exchange.number)
        for user, name in _named(exchange, part):
            key = (provider, user)
            if user.startswith(f"mimi://{provider}/") or (key in self._ranks and self._ranks[key] <= rank):
                continue
            if key not in self._ranks and len(self._ranks) >= MOST:
                self.complete = False
                continue
            self._ranks[key] = rank
            self.first[key] = Disclosure(provider, user, exchange, part, name, sure)


def _providers(header: Header, exchanges: tuple[Exchange, ...]) -> frozenset[str]:
    """Those of the header, and whoever else was asked."""
    return frozenset(
        (*(each.name for each in header.providers), *(each.provider for each in exchanges if each.provider))
    )


def _named(exchange: Exchange, part: Part) -> Iterator[tuple[str, str]]:
    """The users that are named in a part of an exchange, each with the URI that was found; some more than once."""
    if part == "request":
        yield from _uris(unquote_to_bytes(_octets(exchange.url)), text=True)
        headers, body = exchange.request_headers, exchange.request
    else:
        headers, body = exchange.response_headers, exchange.response
    yield from _uris(_octets("\n".join(value for _, value in headers)), text=True)
    yield from _uris(body, text=_is_text(headers))


def _octets(text: str) -> bytes:
    """A text that may have halves of characters in it, which no name has."""
    return text.encode("utf-8", "replace")


def _is_text(headers: Headers) -> bool:
    kind = next((value for name, value in headers if name.lower() == "content-type"), "").lower()
    return kind.startswith("text/") or "json" in kind


def _uris(data: bytes, *, text: bool) -> Iterator[tuple[str, str]]:
    for found in _URI.finditer(data):
        end = found.end() if text or found["user"] is None else _end(data, found)
        yield _user(found, end), data[found.start() : end].decode("ascii")


def _user(found: re.Match[bytes], end: int) -> str:
    name = found["of"] or found.string[found.start("user") : end]
    return f"mimi://{found['at'].decode()}/u/{name.decode()}"


def _end(data: bytes, found: re.Match[bytes]) -> int:
    """Where the URI of a user ends in a struct: as long as the length before it says, which is one or two octets. What
    follows may look as if it belonged to the name.
    """
    start, end = found.span()
    before = data[max(start - 2, 0) : start]
    if len(before) == 2 and before[1:] in _SEPARATORS and 32 <= before[0] < 127:  # a sentence in a struct
        return end
    for said in _lengths(before):
        if found.start("user") - start < said <= end - start:
            return start + said
    return end


def _lengths(before: bytes) -> Iterator[int]:
    """The lengths that the octets before a vector may say: RFC 9420's of variable size, or TLS's."""
    if len(before) == 2 and before[0] >> 6 == 1:
        yield int.from_bytes(before) & 0x3FFF
    if before and (before[-1] < 64 or before[:1] == b"\0"):
        yield before[-1]
