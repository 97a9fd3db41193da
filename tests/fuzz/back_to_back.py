"""Bodies of one struct or more, back to back, as a struct of their own: so that all of them can be edited."""

from typing import Any

from simulator.codec import encode, read_varint, struct, write_varint
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.requests.endpoint import HTTPEndpoint


@struct
class Notification:
    """What a body of `notify` holds; on the wire there is no length in front."""

    messages: tuple[FanoutMessage, ...]


SEVERAL = {FanoutMessage: Notification}


def request_struct(endpoint: HTTPEndpoint) -> type | None:
    """The struct of all of a body; None where there is none."""
    return SEVERAL[endpoint.request] if endpoint.several else endpoint.request


def framed(endpoint: HTTPEndpoint, body: bytes) -> bytes:
    """A body as its struct is encoded."""
    return write_varint(len(body)) + body if endpoint.several else body


def body_of(request: Any) -> bytes:
    """A struct as it is sent."""
    data = encode(request)
    return data[read_varint(data, 0, len(data))[1] :] if isinstance(request, Notification) else data
