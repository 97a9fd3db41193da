"""Requests of HTTP/2 as bytes."""

import hpack

from simulator.fuzzing.http import parsed
from simulator.fuzzing.http2_requests import block, fields, request


def test_a_good_request_and_one_without_a_path() -> None:
    assert dict(fields())[":path"] == "/x"
    assert ":path" not in dict(fields(path=""))
    (frame,) = parsed(request(3, *fields(path="/y"), ("a", "b"))).frames
    assert (frame.kind, frame.flags, frame.stream) == (1, 5, 3)
    assert dict(hpack.Decoder().decode(frame.payload)) == {**dict(fields(path="/y")), "a": "b"}
    assert hpack.Decoder().decode(block()) == fields()
