"""HTTP/1.1 from a client's side, on one connection: what is sent is bytes, what comes back is for h11 to understand."""

from collections.abc import Callable

import h11

from simulator.net.client.attempt import AnswerTooLarge, MalformedAnswer
from simulator.net.client.outgoing import Outgoing
from simulator.net.client.wire import ReadError, Wire, WriteError
from simulator.net.http import decode_headers
from simulator.net.plain_http1 import plain_answer, plain_head
from simulator.trace.events import Headers

LARGEST_HEAD = 100 * 1024
"""Bytes of an answer's status line and headers."""

_TO_THE_END = (b"HEAD", b"CONNECT")
"""Methods whose answers end in another place than others (RFC 9112 6.3)."""


class HTTP1:
    """One exchange at a time."""

    def __init__(self, wire: Wire, largest_body: int) -> None:
        self._wire = wire
        self._largest_body = largest_body
        self._h11 = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)
        self.idle = True
        """Nobody waits for an answer."""
        self.available = True
        """It may take another request."""
        self.failed = False
        """No answer comes any more: whoever has it to himself knows that first."""

    async def exchange(self, request: Outgoing, answered: Callable[[], None]) -> tuple[int, Headers, bytes]:
        """Send a request and read its answer to the end: status, headers, content. `answered` is called when the head
        of the answer is there.

        Raises MalformedAnswer, AnswerTooLarge, ReadError; the connection is of no use any more then.
        """
        self.idle = self.available = False
        head = _written(request)
        known = None if self._wire.paced else plain_head(head)
        plain = known is not None and known.length == len(request.body)
        began = b""
        if plain:
            await self._send(head, request.body)
            began = await self._wire.read()
            answer = self._plain(began, answered)
            if answer is not None:
                self.available = self.idle = True
                return answer
        regular = _regular(request)
        self._h11.send(regular or _like(request))
        self._h11.send(h11.Data(data=request.body if regular else b""))
        self._h11.send(h11.EndOfMessage())
        if plain:
            self._h11.receive_data(began)
        else:
            await self._send(head, request.body)
        return await self._answer(answered, regular=regular is not None)

    def _plain(self, data: bytes, answered: Callable[[], None]) -> tuple[int, Headers, bytes] | None:
        """A plain answer that came in one piece; None for any other, which is left to h11."""
        head = plain_answer(data)
        if head is None or head.end != len(data) or head.end - head.start > self._largest_body:
            return None
        answered()
        return head.status, head.headers, data[head.start :]

    async def _answer(self, answered: Callable[[], None], *, regular: bool) -> tuple[int, Headers, bytes]:
        head = await self._head()
        answered()
        body = await self._body()
        if regular and self._h11.our_state is h11.DONE and self._h11.their_state is h11.DONE:
            self._h11.start_next_cycle()
            self.available = True
        self.idle = True
        return head.status_code, decode_headers(head.headers.raw_items()), body

    async def _send(self, head: bytes, body: bytes) -> None:
        try:
            await self._wire.write(head)
            if body:
                self._wire.body_begins()
                await self._wire.write(body)
        except WriteError:
            pass  # a server that closes early may have left an answer

    async def _head(self) -> h11.Response | h11.InformationalResponse:
        while True:
            event = await self._event()
            if isinstance(event, h11.Response):
                return event
            if isinstance(event, h11.InformationalResponse) and event.status_code == 101:
                return event

    async def _body(self) -> bytes:
        body = bytearray()
        while isinstance(event := await self._event(), h11.Data):
            body += event.data
            if len(body) > self._largest_body:
                raise AnswerTooLarge(f"its answer is larger than {self._largest_body} bytes")
        return bytes(body)  # at its end, or where another protocol begins

    async def _event(self) -> h11.Event | type[h11.PAUSED]:
        while True:
            try:
                event = self._h11.next_event()
            except h11.RemoteProtocolError as error:
                if self._wire.ended:
                    raise ReadError("it closed the connection before the answer was complete") from error
                raise MalformedAnswer(f"it is not HTTP: {error}") from error
            if event is not h11.NEED_DATA:
                return event  # type: ignore[return-value]  # h11 does not see that this leaves one case out
            self._h11.receive_data(await self._wire.read())


def _written(request: Outgoing) -> bytes:
    lines = [b"%b %b HTTP/1.1" % (request.method, request.target)]
    lines += [b"%b: %b" % field for field in request.headers]
    return b"\r\n".join([*lines, b"", b""])


def _regular(request: Outgoing) -> h11.Request | None:
    """The request as h11 knows it; None unless every server must see one request in its bytes, and where it ends."""
    try:
        known = h11.Request(method=request.method, target=request.target, headers=request.headers)
    except h11.LocalProtocolError:
        return None
    framing = dict(known.headers)
    length = int(framing.get(b"content-length", b"0"))
    return known if length == len(request.body) and b"transfer-encoding" not in framing else None


def _like(request: Outgoing) -> h11.Request:
    """A request that has the same sort of answer."""
    method = request.method if request.method in _TO_THE_END else b"GET"
    return h11.Request(method=method, target="/", headers=[("Host", "any")])
