"""HTTP as values: what a handler gets and gives, whatever the HTTP version."""

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import field
from typing import Any

from simulator.dataclass import dataclass
from simulator.trace.events import Headers


@dataclass(frozen=True, slots=True)
class PeerFacts:
    """What is known about the other end of a connection from the connection itself."""

    http_version: str
    """`1.1` or `2`."""
    tls_version: str
    """As OpenSSL spells it: `TLSv1.3`."""
    cipher: str
    certificate: bytes | None
    """The peer's certificate, DER; None where it showed none (or, for a client's view, never)."""
    address: tuple[str, int] = field(compare=False)
    """Loopback address and port; different in each run."""


@dataclass(frozen=True, slots=True)
class HTTPRequest:
    """A request, its body complete. Nothing has been judged yet: that is the handler's, in the order it likes."""

    authority: str
    """Host or :authority as sent: with its port, if it had one."""
    method: str
    path: str
    """As sent, not percent-decoded, without the query."""
    query: str
    headers: Headers
    """Names in lower case."""
    body: bytes
    peer: PeerFacts
    body_too_large: bool = False
    """The body exceeded the server's limit; `body` is empty then."""

    @property
    def host(self) -> str:
        """The authority's host name: lower case, without port. With a port that is none, the authority as it is."""
        name, _, port = self.authority.rpartition(":")
        return (name if name and _is_port(port) else self.authority).lower()

    def header(self, name: str) -> str | None:
        """The first value of a header (name in lower case), or None."""
        return _first(self.headers, name)


@dataclass(frozen=True, slots=True)
class HTTPReply:
    """An answer. Content-Length and Date are added on the way."""

    status: int
    headers: Headers = ()
    """Names in lower case."""
    body: bytes = b""
    peer: PeerFacts | None = None
    """Who answered; None in a reply that a handler makes."""

    def header(self, name: str) -> str | None:
        """The first value of a header (name in lower case), or None."""
        return _first(self.headers, name)


Handler = Callable[[HTTPRequest], Coroutine[Any, Any, HTTPReply]]


def _first(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key == name), None)


def _is_port(port: str) -> bool:
    """Whether this can stand behind the colon of an authority: nothing, or a TCP port (RFC 3986 3.2.3)."""
    digits = port.lstrip("0")
    return not port or (port.isascii() and port.isdecimal() and 0 < len(digits) <= 5 and int(digits) <= 65535)


def decode_headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers off the wire as text: ISO 8859-1, as RFC 9110 5.5 has it for what is not ASCII."""
    return tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw)


def encode_headers(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Headers as they go on the wire."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
