import hpack

from simulator.bench.floods.frames import DATA, END_STREAM, HEADERS, block, frame, request


def test_a_frame_is_length_kind_flags_stream_and_payload() -> None:
    assert frame(DATA, END_STREAM, 3, b"ab") == b"\0\0\2\0\1\0\0\0\3ab"


def test_a_header_block_means_the_same_wherever_it_stands() -> None:
    fields = [(":method", "GET"), ("x", "y")]
    assert hpack.Decoder().decode(block(fields)) == fields
    assert request(1, fields)[9:] == block(fields)
    assert request(1, fields)[3] == HEADERS
