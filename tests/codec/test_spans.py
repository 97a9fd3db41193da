"""Millions of values have thousands of spans: the others are decoded, counted, and are one."""

import pytest

from simulator.codec import Budget, Rest, dump_lines, encode, opaque, spans_until_error, struct, uint16, write_varint
from simulator.codec.spans import ITEMS, SPANS, Span, Spans
from tests.codec.conftest import Dot, Line


@struct
class Box:
    names: tuple[opaque, ...]


@struct
class Shelf:
    boxes: tuple[Box, ...]
    last: uint16


def shelf(*sizes: int) -> bytes:
    """A shelf of boxes with so many empty names each."""
    return encode(Shelf(tuple(Box((b"",) * size) for size in sizes), 7))


def count(parts: tuple[Span, ...]) -> int:
    return sum(1 + count(part.children) for part in parts)


def test_a_vector_has_its_first_items_and_one_span_for_all_others() -> None:
    data = encode(Line(tuple(Dot(n) for n in range(10)), None))
    (dots, label), error = spans_until_error(Line, data, Budget(items=3))
    assert error is None
    assert [(part.name, part.start, part.end) for part in dots.children] == [
        ("[0]", 1, 3),
        ("[1]", 3, 5),
        ("[2]", 5, 7),
        ("[3…]", 7, 21),
    ]
    assert dots.children[-1].value == Rest(7)
    assert (dots.end, label.start, label.end) == (21, 21, 22)
    assert list(dump_lines(dots.children[3:], data)) == [f"000007  {data[7:21].hex(' '):<48} [3…] = 7 more items"]


def test_what_fits_is_complete() -> None:
    data = encode(Line(tuple(Dot(n) for n in range(3)), None))
    assert spans_until_error(Line, data, Budget(items=3)) == spans_until_error(Line, data)


def test_all_vectors_of_a_body_share_a_budget() -> None:
    (boxes, last), error = spans_until_error(Shelf, shelf(*[50] * 50), Budget(spans=300))
    assert (error, last.value) == (None, 7)
    assert 300 <= count((boxes, last)) < 400
    assert boxes.children[-1].value == Rest(50 - len(boxes.children) + 1)


def test_a_mistake_beyond_the_budget_is_found_and_placed() -> None:
    body = b"\x00\x01" * 9 + b"\x00"
    (dots,), error = spans_until_error(Line, write_varint(len(body)) + body, Budget(items=3))
    assert error is not None
    assert (error.path, error.offset) == ("dots[9].x", 19)
    assert [part.name for part in dots.children] == ["[0]", "[1]", "[2]", "[3…]", "[9]"]
    assert dots.children[3].value == Rest(6)
    assert dots.children[4].value is error


def test_millions_of_values_have_some_thousand_spans() -> None:
    (boxes, _), error = spans_until_error(Shelf, shelf(1_000_000))
    assert error is None
    assert boxes.children[0].children[0].children[-1].value == Rest(1_000_000 - ITEMS)
    (boxes, last), _ = spans_until_error(Shelf, shelf(*[600] * 600))
    assert count((boxes, last)) < 1.1 * SPANS


@pytest.mark.parametrize("left", [1, 0, -1])
def test_each_part_of_a_part_costs_one(left: int) -> None:
    spans = Spans(Budget(spans=left))
    assert spans.inner().budget.spans == left - 1
