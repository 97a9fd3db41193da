"""A request on its way out: httpx's, and the bytes that it becomes, every part as it is."""

from functools import lru_cache
from typing import Self

import httpx

from simulator.dataclass import dataclass
from simulator.net.http import encode_headers
from simulator.trace.events import Headers

OWN_CONTENT = (b"POST", b"PUT", b"PATCH")
"""Methods whose requests say that they have no content, where they have none (RFC 9110 8.6)."""

Fields = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes to a server. Nothing of it needs to be valid HTTP."""

    method: bytes
    target: bytes
    """The request target (RFC 9112 3.2), `:path` in HTTP/2."""
    headers: Fields
    """All, in the order in which HTTP/1.1 sends them. HTTP/2 makes `:authority` of the first Host among them."""
    body: bytes

    @classmethod
    async def of(cls, request: httpx.Request) -> Self:
        """The bytes of an httpx request. The target is what its extension `target` says (as httpcore has it), else what
        its URL does: a URL can't hold every target.
        """
        target = request.extensions.get("target", request.url.raw_path)
        return cls(request.method.encode("ascii"), target, request.headers.raw, await request.aread())


def compose(
    method: str, host: str, target: str, body: bytes, content_type: str | None, headers: Headers
) -> httpx.Request:
    """The request of these parts. Its target is an extension and its method set behind httpx's back, which would tidy
    both. What is among `headers` replaces what would be said otherwise: Host, Accept-Encoding and what frames the body,
    Content-Length or Transfer-Encoding.

    Raises UnicodeEncodeError for text that has no bytes: a method is ASCII, headers are ISO 8859-1, a target is UTF-8.
    """
    given = encode_headers(headers)
    names = {name.lower() for name, _ in given}
    verb = method.encode("ascii")
    framed = bool(names & {b"content-length", b"transfer-encoding"})
    fields: Fields = [] if b"host" in names else [(b"host", host.encode("ascii"))]
    if not framed and not body and verb in OWN_CONTENT:
        fields.append((b"content-length", b"0"))
    if b"accept-encoding" not in names:
        fields.append((b"accept-encoding", b"identity"))
    if content_type is not None:
        fields.append((b"content-type", content_type.encode("latin-1")))
    fields += given
    if not framed and body:
        fields.append((b"content-length", b"%d" % len(body)))
    request = httpx.Request(
        method,
        _url(host),
        headers=fields,
        stream=httpx.ByteStream(body),  # with `content`, httpx would add headers
        extensions={"target": target.encode("utf-8")},
    )
    request.method = method
    return request


@lru_cache(256)
def _url(host: str) -> httpx.URL:
    """What httpx makes of a host's URL, which takes it longer than the rest of a request. Raises InvalidURL."""
    return httpx.URL(f"https://{host}/")


def split_url(url: str) -> tuple[str, str]:
    """The host and the request target of an https URL, both as they stand there: RFC 3986 3 and nothing else.

    Raises ValueError, in words, for anything else; a port is of no use here, as names alone lead somewhere.
    """
    scheme, _, rest = url.partition("://")
    end = next((index for index, character in enumerate(rest) if character in "/?#"), len(rest))
    host, target = rest[:end], rest[end:]
    if scheme != "https" or not host:
        raise ValueError("only https:// URLs with a host name lead anywhere here")
    if ":" in host or "@" in host or not host.isascii():
        raise ValueError("that is no URL: between https:// and the path stands a host name, and nothing else")
    try:
        _url(host)
    except httpx.InvalidURL as error:
        raise ValueError(f"that is no URL: {error}") from None
    return host, target if target.startswith("/") else f"/{target}"
