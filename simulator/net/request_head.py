"""A request without its body, the same for both HTTP versions, and what HTTP itself refuses of it."""

import re

from simulator.dataclass import dataclass
from simulator.trace.events import Headers

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""A method (RFC 9110 5.6.2, 9.1)."""
_TARGET = re.compile(r"[!-~]+")
_ABSOLUTE = re.compile(r"https?://([^/?]*)(.*)", re.IGNORECASE)
_UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True)
class RequestHead:
    """Method, target and headers. Text is ISO 8859-1, as in `HTTPRequest`; only header names are folded in case."""

    version: str
    """`1.1`, `2`; in HTTP/1 whatever the request says."""
    method: str
    authority: str
    path: str
    query: str
    headers: Headers
    """Names in lower case; with HTTP/2 the authority is there as `host`."""
    refusal: int | None = None
    """The status for a request that no handler is asked for."""


def head_of(version: str, method: str, target: str, headers: Headers) -> RequestHead:
    """The head of an HTTP/1 request: its target in a form of RFC 9112 3.2, where absolute form wins over Host.

    Refused: a version other than 1.0 and 1.1 (505), a target that has none of the forms (400), CONNECT (501), and a
    WebSocket (403). Other upgrades are ignored (RFC 9110 7.8), also to HTTP/2, which is agreed on in TLS.
    """
    authority = next((value for name, value in headers if name == "host"), "")
    absolute = _ABSOLUTE.fullmatch(target)
    if absolute:
        authority, target = absolute[1], absolute[2]
        target = target if target.startswith("/") else f"/{target}"
    path, _, query = target.partition("?")
    refusal = None
    if version not in ("1.0", "1.1"):
        refusal = 505
    elif method == "CONNECT":
        refusal = 501
    elif not path.startswith("/") and target != "*":
        refusal = 400
    elif any(name == _UPGRADE for name, _ in headers) and _asks_for_websocket(headers):
        refusal = 403
    return RequestHead(version, method, authority, path, query, headers, refusal)


def head_of_http2(headers: Headers) -> RequestHead:
    """The head of an HTTP/2 request, from its headers with the pseudo-headers in front (RFC 9113 8.3.1).

    Refused: a WebSocket (403, RFC 8441), CONNECT (501), a method that is no token, a path that is none, absolute form
    among them (400).
    """
    pseudo = {name: value for name, value in headers if name.startswith(":")}
    rest = tuple((name, value) for name, value in headers if not name.startswith(":"))
    authority = pseudo.get(":authority") or next((value for name, value in rest if name == "host"), "")
    method, target = pseudo.get(":method", ""), pseudo.get(":path", "")
    path, _, query = target.partition("?")
    refusal = None
    if method == "CONNECT":
        refusal = 403 if ":protocol" in pseudo else 501
    elif not _TOKEN.fullmatch(method) or not _TARGET.fullmatch(target) or not (path.startswith("/") or target == "*"):
        refusal = 400
    named = (("host", authority), *((name, value) for name, value in rest if name != "host"))
    return RequestHead("2", method, authority, path, query, named, refusal)


def _asks_for_websocket(headers: Headers) -> bool:
    return "websocket" in _tokens(headers, _UPGRADE) and _UPGRADE in _tokens(headers, "connection")


def _tokens(headers: Headers, name: str) -> set[str]:
    """The elements of a list that may be spread over several headers, in lower case (RFC 9110 5.6.1)."""
    values = ",".join(value for key, value in headers if key == name)
    return {each.strip().lower() for each in values.split(",")}
