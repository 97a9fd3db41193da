"""One plain request and its reply, by ASGI, in the task that reads the connection: hypercorn has another task, a
channel and h11 for each.
"""

import time
from typing import Any
from urllib.parse import unquote

import h11
from hypercorn.protocol.h11 import STREAM_ID, H11Protocol
from hypercorn.protocol.http_stream import HTTPStream
from hypercorn.typing import ASGIReceiveEvent, ASGISendEvent, HTTPScope

from simulator.net.plain_http1 import PlainRequest, plain_reply
from simulator.net.server.asgi import HEAD, WHOLE


class PlainExchange:
    """A request that came whole, as `data`. A reply that is not plain is hypercorn's to send."""

    def __init__(self, http: H11Protocol, data: bytes, request: PlainRequest) -> None:
        head = request.head
        path, _, query = head.target.partition(b"?")
        self.scope: HTTPScope = {
            "type": "http",
            "http_version": "1.1",
            "asgi": {"spec_version": "2.1", "version": "3.0"},
            "method": head.meaning.method,
            "scheme": "https",
            "path": unquote(path.decode("ascii")),
            "raw_path": path,
            "query_string": query,
            "root_path": http.config.root_path,
            "headers": head.fields,
            "client": http.client,
            "server": http.server,
            "state": http.connection_state.copy(),  # type: ignore[typeddict-item]  # as hypercorn has it
            "extensions": {WHOLE: {HEAD: head.meaning}},
        }
        self._http = http
        self._data = data
        self._body: bytes | None = request.body
        self._start: Any = None
        self._replied = False
        self._stream: HTTPStream | None = None

    async def receive(self) -> ASGIReceiveEvent:
        """The whole body at once."""
        body, self._body = self._body, None
        if body is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: ASGISendEvent) -> None:
        """A part of the reply. A plain one is written in one piece, and the exchange over then."""
        part: Any = message
        if self._stream is not None:
            await self._stream.app_send(message)
        elif self._start is None and part["type"] == "http.response.start":
            self._start = part
        elif not await self._reply(part):
            self._stream = self._hypercorn()
            if self._start is not None:
                await self._stream.app_send(self._start)
            await self._stream.app_send(message)

    async def end(self) -> None:
        """The application is done, also one that has sent no reply."""
        if not self._replied:
            await (self._stream or self._hypercorn()).app_send(None)

    async def _reply(self, part: Any) -> bool:
        if self._start is None or part["type"] != "http.response.body" or part.get("more_body"):
            return False
        fields = (*self._start["headers"], *self._http.config.response_headers("h11"))
        data = plain_reply(self._start["status"], fields, part["body"])
        if data is None:
            return False
        self._replied = True
        await self._http.replied(data)  # type: ignore[attr-defined]
        return True

    def _hypercorn(self) -> HTTPStream:
        """What hypercorn would have made of the request, to go on with."""
        http = self._http
        http.connection.receive_data(self._data)
        while not isinstance(http.connection.next_event(), h11.EndOfMessage):
            pass
        stream = HTTPStream(
            http.app,
            http.config,
            http.context,
            http.task_group,
            http.ssl,
            http.client,
            http.server,
            http.stream_send,
            STREAM_ID,
        )
        stream.scope, stream.start_time = self.scope, time.time()
        stream.app_put = None  # type: ignore[assignment]  # as for a stream whose application is gone
        http.stream = stream
        return stream
