"""Bodies of one struct or more, back to back, as a struct of their own: so that all of them can be edited."""

from functools import cache
from typing import Any

from simulator.codec import encode, read_varint, struct, write_varint
from simulator.drafts.requests.endpoint import HTTPEndpoint

ITEMS = "items"
"""The one field of such a struct; on the wire there is no length in front of it."""


class Several:
    """What all of them are."""

    __slots__ = ()
    items: tuple[Any, ...]


@cache
def several_of(item: type) -> type:
    """The struct of any number of these."""
    annotations = {ITEMS: tuple[item, ...]}  # type: ignore[valid-type]
    return struct(type(f"Several{item.__name__}", (Several,), {"__module__": __name__, "__annotations__": annotations}))


def request_struct(endpoint: HTTPEndpoint) -> type | None:
    """The struct of all of a body; None where there is none."""
    return several_of(endpoint.request) if endpoint.several and endpoint.request else endpoint.request


def framed(endpoint: HTTPEndpoint, body: bytes) -> bytes:
    """A body as its struct is encoded."""
    return write_varint(len(body)) + body if endpoint.several else body


def body_of(request: Any) -> bytes:
    """A struct as it is sent."""
    data = encode(request)
    return data[read_varint(data, 0, len(data))[1] :] if isinstance(request, Several) else data
