"""One request on HTTP/2 and its reply: hypercorn's stream, and what our side of HTTP/2 has to know of it."""

from collections.abc import Iterable
from typing import Any

import trio
from hypercorn.protocol.events import Response
from hypercorn.protocol.http_stream import HTTPStream


class ServerStream(HTTPStream):
    """Between hypercorn's HTTP/2 and the ASGI application."""

    def __init__(self, headers: Iterable[tuple[bytes, bytes]], *hypercorn: Any) -> None:
        super().__init__(*hypercorn)
        self._lengths = {value.lstrip(b"0") or b"0" for name, value in headers if name == b"content-length"}
        self.size = 0
        """Bytes of the body that have come."""
        self.undelivered = bytearray()
        """Those that are still to be passed on to the application."""
        self.untaken = 0
        """How many of them the application has not taken yet."""
        self.complete = False
        """The body is at its end."""
        self.head: Response | None = None
        """Of the reply, as long as it is not known whether anything follows it."""
        self.deadline = 0.0
        """When the peer has to have taken the reply, in trio's time."""
        self.sent = trio.Event()
        """The reply is written, or won't be."""

    def has_its_length(self) -> bool:
        """Whether the body is as long as the request's head says (RFC 9113 8.1.1)."""
        return self._lengths <= {b"%d" % self.size}
