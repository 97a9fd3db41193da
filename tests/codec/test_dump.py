"""The annotated hex dump covers every byte once and names every field."""

from itertools import pairwise

import pytest

from simulator.codec import DecodeError, Span, annotate, encode, spans

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
