"""Lengths that a request on HTTP/2 may say (RFC 9113 8.1.1); on the wire they are in test_server_http2."""

import pytest

from simulator.bench.floods.frames import DATA, END_HEADERS, END_STREAM, frame
from simulator.fuzzing.http2_requests import fields, request
from tests.net.frames import Conversation
from tests.net.loopback import Echo, Loopback


@pytest.mark.parametrize(
    ("lengths", "body", "good"),
    [
        ((), b"body", True),
        (("4",), b"body", True),
        (("0004",), b"body", True),
        (("4", "04"), b"body", True),
        (("000",), b"", True),
        (("5",), b"body", False),
        (("3",), b"body", False),
        (("1",), b"", False),
        (("4", "5"), b"body", False),
    ],
)
async def test_a_body_is_as_long_as_its_head_says_or_no_body(
    loopback: Loopback, echo: Echo, lengths: tuple[str, ...], body: bytes, good: bool
) -> None:
    await loopback.serve(echo)
    conversation = await Conversation.open(loopback)
    head = [*fields(), *[("content-length", length) for length in lengths]]
    end = frame(DATA, END_STREAM, 1, body) if body else b""
    await conversation.send(request(1, *head, flags=END_HEADERS | (0 if body else END_STREAM)) + end)
    await conversation.listen(1)
    assert (conversation.statuses.get(1) == 200) == good
    assert [seen.body for seen in echo.requests] == ([body] if good else [])
    assert loopback.reports == []
