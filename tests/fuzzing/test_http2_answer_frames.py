"""Answers of HTTP/2 as bytes."""

from simulator.fuzzing.http import Frame, parsed
from simulator.fuzzing.http2_answer_frames import OK, answer, body, goaway, head, settings


def test_a_whole_answer() -> None:
    first, second = parsed(answer(3)).frames
    assert (first.kind, first.stream, second) == (1, 3, Frame(0, 1, 3, b"hello"))
    assert answer(3) == head(3) + body(3, b"hello")
    assert head(3, OK, end=True)[4] == head(3)[4] | 1
    assert body(1, b"", end=False)[4] == 0


def test_what_is_about_the_connection() -> None:
    assert parsed(goaway(5, 2)).frames == (Frame(7, 0, 0, b"\0\0\0\x05\0\0\0\x02"),)
    assert parsed(settings(streams=1)).frames == (Frame(4, 0, 0, b"\0\x03\0\0\0\x01"),)
