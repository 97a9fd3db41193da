"""One exchange on an HTTP/2 connection: its answer, as far as it has come."""

import trio
from h2.events import DataReceived, InformationalResponseReceived, ResponseReceived, TrailersReceived

from simulator.net.client.answer_fields import check_head, check_length, check_no_content, check_trailers
from simulator.net.client.attempt import AnswerTooLarge, MalformedAnswer
from simulator.net.client.outgoing import Fields
from simulator.net.http import decode_headers
from simulator.trace.events import Headers

_Event = InformationalResponseReceived | ResponseReceived | DataReceived | TrailersReceived

_WITHOUT_CONTENT = (204, 304)


class Stream:
    """What has come for one request. What is wrong with it stays its own."""

    def __init__(self, number: int, method: bytes, largest_body: int) -> None:
        self.number = number
        self.status: int | None = None
        self.ended = False
        """The answer is complete."""
        self.sent = False
        """The request is complete."""
        self.closed = False
        """Nothing more is to be sent on it, not even that we want no more."""
        self.error: Exception | None = None
        self.changed = trio.lowlevel.ParkingLot()
        """Where whoever waits for this stream does so."""
        self._method = method
        self._largest_body = largest_body
        self._fields: Fields = []
        self._body = bytearray()

    def take(self, event: _Event) -> None:
        """Note what has come."""
        try:
            match event:
                case InformationalResponseReceived():
                    check_head(event.headers or ())
                case ResponseReceived():
                    self._fields = [(bytes(name), bytes(value)) for name, value in event.headers or ()]
                    self.status = check_head(self._fields)
                case DataReceived():
                    self._add(event.data or b"")
                case TrailersReceived():
                    check_trailers(event.headers or ())
        except (MalformedAnswer, AnswerTooLarge) as error:
            self.fail(error)

    def end(self) -> None:
        """Nothing more comes."""
        try:
            if self._method != b"HEAD" and self.status not in _WITHOUT_CONTENT:
                check_length(self._fields, len(self._body))
            else:
                check_no_content(self._body)
        except MalformedAnswer as error:
            self.fail(error)
        self.ended = True

    def fail(self, error: Exception) -> None:
        """There will be no answer, unless it was complete before; the first reason counts."""
        if self.error is None and not self.ended:
            self.error = error

    def answer(self) -> tuple[int, Headers, bytes]:
        """Status, headers and content, once `ended`."""
        assert self.status is not None  # noqa: S101  # h2 takes nothing else before an answer's head
        fields = decode_headers(field for field in self._fields if not field[0].startswith(b":"))
        return self.status, fields, bytes(self._body)

    def _add(self, data: bytes) -> None:
        self._body += data
        if len(self._body) > self._largest_body:
            self._body.clear()
            raise AnswerTooLarge(f"its answer is larger than {self._largest_body} bytes")
