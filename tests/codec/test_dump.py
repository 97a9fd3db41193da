"""The annotated hex dump covers every byte once and names every field."""

from itertools import pairwise

import pytest

from simulator.codec import (
    DecodeError,
    Enum8,
    Span,
    annotate,
    dump_lines,
    encode,
    opaque,
    spans,
    spans_until_error,
    struct,
)

from .conftest import Everything, Line


def _leaves(parts: tuple[Span, ...]) -> list[Span]:
    return [leaf for part in parts for leaf in (_leaves(part.children) if part.children else [part])]


def test_spans_lie_side_by_side(everything: Everything) -> None:
    data = encode(everything)
    parts = spans(Everything, data)
    assert [part.name for part in parts] == list(Everything.__annotations__)
    assert (parts[0].start, parts[-1].end) == (0, len(data))
    assert all(left.end == right.start for left, right in pairwise(parts))
    assert all(left.end <= right.start for left, right in pairwise(_leaves(parts)))


def test_dump() -> None:
    assert annotate(Line, bytes.fromhex("0200010100ff")).splitlines() == [
        "000000                                                   dots",
        "000001                                                     [0]",
        "000001  00 01                                                x = 1",
        "000003                                                   label",
        "000004  00 ff                                              x = 255",
    ]


def test_long_values_are_cut(everything: Everything) -> None:
    assert "00 00 00…" in annotate(Everything, encode(everything)).replace("00 " * 14, "00 00 ")


def test_trailing_bytes() -> None:
    with pytest.raises(DecodeError, match="1 trailing bytes"):
        spans(Line, b"\x00\x00\x00")


def test_what_was_decoded_before_the_error_is_shown_with_the_place_of_the_error() -> None:
    data = bytes.fromhex("0200010100")
    parts, error = spans_until_error(Line, data)
    assert str(error) == "label.x at byte 4: needs 2 bytes, 1 left"
    assert list(dump_lines(parts, data)) == [
        "000000                                                   dots",
        "000001                                                     [0]",
        "000001  00 01                                                x = 1",
        "000003                                                   label",
        "000004  00                                                 x = ? needs 2 bytes, 1 left",
    ]


def test_an_error_in_an_item_keeps_the_items_before_it() -> None:
    parts, error = spans_until_error(Line, bytes.fromhex("03000100"))
    assert error is not None
    assert (error.path, error.offset) == ("dots[1].x", 3)
    first, second = parts[0].children
    assert (first.name, first.children[0].value) == ("[0]", 1)
    assert (second.name, second.value, second.children[0].value) == ("[1]", error, error)


def test_trailing_bytes_come_after_all_that_was_decoded() -> None:
    parts, error = spans_until_error(Line, b"\x00\x00\x00")
    assert [part.name for part in parts] == ["dots", "label"]
    assert (str(error), spans_until_error(Line, b"\x00\x00")[1]) == ("byte 2: 1 trailing bytes", None)


class Colour(Enum8):
    red = 1


@struct
class Sign:
    colour: Colour
    text: opaque


def test_enums_by_name_and_bytes_that_are_text_as_text() -> None:
    (colour, text) = annotate(Sign, encode(Sign(Colour.red, b"mimi://a.example"))).splitlines()
    assert colour.endswith("colour = red (1)")
    assert text.endswith('text = 16 bytes "mimi://a.example"')
    assert annotate(Sign, encode(Sign(Colour.red, b"\x00bcd"))).endswith("text = 4 bytes")
    assert annotate(Sign, encode(Sign(Colour.red, b"x" * 90))).endswith(f'90 bytes "{"x" * 80}…"')


def test_all_bytes_of_a_long_value_on_demand() -> None:
    data = encode(Sign(Colour.red, bytes(range(40))))
    lines = list(dump_lines(spans(Sign, data), data, full=True))
    assert " ".join(line[8:56] for line in lines).split() == data.hex(" ").split()
    assert [line[:6] for line in lines] == ["000000", "000001", "000011", "000021"]
