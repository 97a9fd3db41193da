"""The ASGI application that hypercorn serves: each scope with its receive and send is an exchange of `Application`."""

from typing import Any

from hypercorn.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

from simulator.net.http import HTTPReply, PeerFacts, decode_headers, encode_headers
from simulator.net.request_head import RequestHead, head_of, head_of_http2
from simulator.net.server.application import Abandoned, Application
from simulator.net.server.link import Link

LAST = (400, 403, 505)
"""HTTP/1.1 ends with these refusals: what is no HTTP/1.1 may be framed in another way, and whoever wants another
protocol has nothing to say in this one."""

WHOLE, HEAD = "simulator.whole_body", "head"
"""The extension of a scope whose whole body is there when the application begins, and its RequestHead in that."""


class ASGIApp:
    """One application for all connections of a server."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Serve one request to its end."""
        if scope["type"] == "http":  # the HTTP versions make no other
            await self._application(_Exchange(scope, receive, send))


class _Exchange:
    """One request and its reply, by ASGI."""

    def __init__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        extensions: dict[str, Any] = scope["extensions"]
        self.arrived = WHOLE in extensions
        self.head: RequestHead = extensions[WHOLE][HEAD] if self.arrived else _head(scope)
        self._link: Link = extensions["connection"]
        facts, client = self._link.facts, scope["client"] or ("", 0)
        self.peer = PeerFacts(self.head.version, facts.version, facts.cipher, facts.certificate, client)
        self._receive = receive
        self._send = send
        self._complete = False

    async def receive(self) -> bytes | bytearray:
        """The next piece of the body."""
        while not self._complete:
            message: Any = await self._receive()
            if message["type"] == "http.disconnect":
                raise Abandoned
            self._complete = not message["more_body"]
            if message["body"]:
                data: bytes = message["body"]
                return data
        return b""

    async def reply(self, reply: HTTPReply) -> None:
        """Send the reply."""
        headers = encode_headers(reply.headers)
        if reply.status != 204:
            headers.append((b"content-length", b"%d" % len(reply.body)))
        if self._is_last():
            headers.append((b"connection", b"close"))
            self._link.linger()
        await self._send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await self._send({"type": "http.response.body", "body": reply.body, "more_body": False})

    def _is_last(self) -> bool:
        """Whether the connection ends with this reply; HTTP/2 has other ways to say so."""
        if self.head.version == "2":
            return False
        names = {name for name, _ in self.head.headers}
        # A request with two lengths may be an attack on whoever is in between (RFC 9112 6.1).
        two_lengths = names >= {"content-length", "transfer-encoding"}
        return two_lengths or self.head.refusal in LAST or self._link.stopping

    def hang_up(self) -> None:
        """End the connection now."""
        self._link.hang_up()


def _head(scope: HTTPScope) -> RequestHead:
    headers = decode_headers(list(scope["headers"]))
    method, version = scope["method"], scope["http_version"]
    target = scope["raw_path"].decode("latin-1")
    if scope["query_string"]:
        target += "?" + scope["query_string"].decode("latin-1")
    if version == "2":
        return head_of_http2(((":method", method), (":path", target), *headers))
    return head_of(version, method, target, headers)
