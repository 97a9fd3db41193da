"""h2's state machine for a client, mended in the places where it can't do what RFC 9113 asks for."""

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import ConnectionTerminated, Event, ResponseReceived
from hyperframe.frame import Frame, GoAwayFrame


class H2State(H2Connection):
    """Takes and sends frames after a GOAWAY, as RFC 9113 6.8 has it: streams up to the last stream id go on. h2 closes
    its connection state at the first one, and drops what it was about to send.

    It leaves the length of an answer to others: h2 would end the connection over a wrong one, which is one stream's
    matter (8.1.1), and over the Content-Length of a 304, which is nothing wrong.

    h2 forgets what it has understood of a piece of data when something behind it is wrong; here that is kept in
    `events`, and `stream_id` is the stream of the frame that was read last.
    """

    def __init__(self, config: H2Configuration) -> None:
        super().__init__(config)
        self.events: list[Event] = []
        """What came with the last data, as far as that could be understood."""
        self.stream_id = 0

    def receive_data(self, data: bytes) -> list[Event]:  # type: ignore[override]
        """As h2 has it."""
        self.events = []
        return super().receive_data(data)

    def _receive_frame(self, frame: Frame) -> list[Event]:
        self.stream_id = frame.stream_id
        events = super()._receive_frame(frame)
        self.events += events
        if any(isinstance(event, ResponseReceived) for event in events) and frame.stream_id in self.streams:
            self.streams[frame.stream_id]._expected_content_length = None
        return events

    def _receive_goaway_frame(self, frame: GoAwayFrame) -> tuple[list[Frame], list[Event]]:
        event = ConnectionTerminated()
        try:
            event.error_code = ErrorCodes(frame.error_code)
        except ValueError:
            event.error_code = frame.error_code
        event.last_stream_id = frame.last_stream_id
        event.additional_data = frame.additional_data or None
        return [], [event]
