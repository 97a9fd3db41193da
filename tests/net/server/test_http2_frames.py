"""What h2 does not get to see, whatever pieces the bytes come in."""

import pytest
from h2.errors import ErrorCodes

from simulator.bench.floods.frames import (
    CONTINUATION,
    DATA,
    GOAWAY,
    HEADERS,
    PING,
    PRIORITY,
    RST_STREAM,
    SETTINGS,
    WINDOW_UPDATE,
    frame,
)
from simulator.net.server.http2_frames import PREFACE, FrameFilter, Unacceptable


def make(*, size: int = 100, header_block: int = 50, idle_frames: int = 5) -> FrameFilter:
    return FrameFilter(frame=size, header_block=header_block, idle_frames=idle_frames)


GOODBYE = frame(GOAWAY, 0, 0, bytes(8) + b"debug")
PRIORITIES = frame(PRIORITY, 0, 1, bytes(5)) + frame(PRIORITY, 0, 9, b"\x80\x00\x00\x09\xff")
KEPT = frame(HEADERS, 5, 1, b"block") + frame(DATA, 1, 1, b"data") + frame(PING, 0, 0, bytes(8))


@pytest.mark.parametrize("piece", [1, 7, 9, 24, 1000])
def test_goodbyes_and_priorities_are_left_out(piece: int) -> None:
    filter_, data = make(), PREFACE + KEPT + GOODBYE + PRIORITIES + KEPT
    passed = b"".join(filter_.feed(data[start : start + piece]) for start in range(0, len(data), piece))
    assert passed == PREFACE + KEPT + KEPT
    assert filter_.goaway


@pytest.mark.parametrize(
    "malformed",
    [
        frame(GOAWAY, 0, 1, bytes(8)),
        frame(GOAWAY, 0, 0, bytes(7)),
        frame(PRIORITY, 0, 0, bytes(5)),
        frame(PRIORITY, 0, 1, bytes(4)),
        frame(PRIORITY, 0, 1, bytes(6)),
        frame(HEADERS, 0, 1, b"bl") + frame(PRIORITY, 0, 3, bytes(5)),
        frame(HEADERS, 0, 1, b"bl") + GOODBYE,
    ],
)
def test_malformed_ones_and_those_within_a_header_block_are_for_h2_to_refuse(malformed: bytes) -> None:
    filter_ = make()
    assert filter_.feed(PREFACE + malformed) == PREFACE + malformed
    assert not filter_.goaway


def test_after_a_header_block_priorities_are_left_out_again() -> None:
    block = frame(HEADERS, 0, 1, b"bl") + frame(CONTINUATION, 4, 1, b"ock")
    assert make().feed(PREFACE + block + PRIORITIES) == PREFACE + block


def test_a_frame_that_is_too_long_is_not_waited_for() -> None:
    assert make(size=20).feed(PREFACE + frame(DATA, 0, 1, bytes(20))) == PREFACE + frame(DATA, 0, 1, bytes(20))
    with pytest.raises(Unacceptable) as refused:
        make(size=20).feed(PREFACE + frame(DATA, 0, 1, bytes(21))[:9])
    assert refused.value.code == ErrorCodes.FRAME_SIZE_ERROR


@pytest.mark.parametrize(
    ("sizes", "fits"), [((50,), True), ((51,), False), ((20, 20, 10), True), ((20, 20, 11), False)]
)
def test_a_header_block_has_so_many_bytes_and_no_more(sizes: tuple[int, ...], fits: bool) -> None:
    kinds = [HEADERS, *[CONTINUATION] * (len(sizes) - 1)]
    last = len(sizes) - 1
    block = b"".join(
        frame(kind, 4 * (number == last), 1, bytes(size))
        for number, (kind, size) in enumerate(zip(kinds, sizes, strict=True))
    )
    if fits:
        assert make().feed(PREFACE + block + block) == PREFACE + block + block
        return
    with pytest.raises(Unacceptable) as refused:
        make().feed(PREFACE + block)
    assert refused.value.code == ErrorCodes.ENHANCE_YOUR_CALM


IDLE = {
    "ping": frame(PING, 0, 0, bytes(8)),
    "settings": frame(SETTINGS, 0, 0),
    "priority": frame(PRIORITY, 0, 1, bytes(5)),
    "reset": frame(RST_STREAM, 0, 1, bytes(4)),
    "empty data": frame(DATA, 0, 1),
    "unknown": frame(0xEE, 0, 0, b"x"),
    "goaway": GOODBYE,
}


@pytest.mark.parametrize("kind", IDLE)
def test_frames_that_ask_for_nothing_are_counted_from_one_request_to_the_next(kind: str) -> None:
    filter_, request = make(), frame(HEADERS, 5, 1, b"x")
    filter_.feed(PREFACE)
    for _ in range(3):
        filter_.feed(request + IDLE[kind] * 5)
    with pytest.raises(Unacceptable) as refused:
        filter_.feed(IDLE[kind])
    assert refused.value.code == ErrorCodes.ENHANCE_YOUR_CALM


def test_what_carries_a_body_or_lets_an_answer_through_is_not_counted() -> None:
    useful = frame(DATA, 0, 1, b"x") + frame(DATA, 1, 1) + frame(WINDOW_UPDATE, 0, 0, b"\0\0\0\1")
    assert make().feed(PREFACE + useful * 20) == PREFACE + useful * 20
