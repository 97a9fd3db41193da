"""HTTP as structs."""

from simulator.bench.floods.frames import PREFACE
from simulator.fuzzing.http import HTTP, Frame, Frames, Header, Pieces, bare, frames_of, parsed, written


def test_a_request_in_both_versions() -> None:
    request = HTTP("POST", "/x", (Header("host", "ds.a.example"), Header("a", "b")), b"hello")
    assert written("http/1.1", request) == (
        b"POST /x HTTP/1.1\r\ncontent-length: 5\r\nhost: ds.a.example\r\na: b\r\n\r\nhello"
    )
    assert written("h2", request).startswith(PREFACE)
    kinds = [frame.kind for frame in frames_of(request).frames]
    assert (kinds[0], kinds[-3:]) == (4, [1, 0, 0])
    assert written("h2", frames_of(request)) == written("h2", request)


def test_frames_are_bytes_and_back() -> None:
    frames = Frames((Frame(6, 0, 0, bytes(8)), Frame(0, 1, 3, b"x")))
    assert parsed(bare(frames)) == frames
    assert bare(Pieces((b"a", b"b"))) == b"ab"
