"""What comes on one stream is its own, right or wrong."""

import pytest
from h2.events import DataReceived, InformationalResponseReceived, ResponseReceived, TrailersReceived

from simulator.net.client.attempt import AnswerTooLarge, MalformedAnswer
from simulator.net.client.http2_stream import Stream

HEAD = ResponseReceived(stream_id=1, headers=[(b":status", b"200"), (b"content-length", b"4")])


def _data(content: bytes) -> DataReceived:
    return DataReceived(stream_id=1, data=content)


def test_an_answer_in_pieces() -> None:
    stream = Stream(1, b"GET", 100)
    stream.take(InformationalResponseReceived(stream_id=1, headers=[(b":status", b"103")]))
    stream.take(HEAD)
    assert (stream.status, stream.ended) == (200, False)
    for piece in (b"ab", b"", b"cd"):
        stream.take(_data(piece))
    stream.take(TrailersReceived(stream_id=1, headers=[(b"x", b"y")]))
    stream.end()
    stream.fail(ConnectionError("too late"))
    assert (stream.ended, stream.error) == (True, None)
    assert stream.answer() == (200, (("content-length", "4"),), b"abcd")


@pytest.mark.parametrize("status", [b"101", b"1000", b"1xx"])
def test_an_interim_answer_is_looked_at_too(status: bytes) -> None:
    stream = Stream(1, b"GET", 100)
    stream.take(InformationalResponseReceived(stream_id=1, headers=[(b":status", status)]))
    assert isinstance(stream.error, MalformedAnswer)


def test_trailers_are_looked_at_too() -> None:
    stream = Stream(1, b"GET", 100)
    stream.take(HEAD)
    stream.take(TrailersReceived(stream_id=1, headers=[(b"X", b"y")]))
    assert isinstance(stream.error, MalformedAnswer)


@pytest.mark.parametrize(("method", "wrong"), [(b"GET", True), (b"HEAD", False)])
def test_an_answer_without_the_content_that_it_speaks_of(method: bytes, wrong: bool) -> None:
    stream = Stream(1, method, 100)
    stream.take(HEAD)
    stream.end()
    assert isinstance(stream.error, MalformedAnswer) is wrong


@pytest.mark.parametrize(("method", "status"), [(b"HEAD", b"200"), (b"GET", b"204"), (b"GET", b"304")])
def test_content_where_none_can_be(method: bytes, status: bytes) -> None:
    stream = Stream(1, method, 100)
    stream.take(ResponseReceived(stream_id=1, headers=[(b":status", status), (b"content-length", b"4")]))
    stream.take(_data(b"abcd"))
    stream.end()
    assert isinstance(stream.error, MalformedAnswer)


def test_too_much_of_it() -> None:
    stream = Stream(1, b"GET", 3)
    stream.take(HEAD)
    stream.take(_data(b"abc"))
    assert stream.error is None
    stream.take(_data(b"d"))
    assert isinstance(stream.error, AnswerTooLarge)
