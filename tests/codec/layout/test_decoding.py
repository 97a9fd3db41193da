"""A layout decodes bytes as the classes do: the same spans, the same values, the same errors."""

import random
from typing import Any

import pytest

from simulator.codec import Budget, DecodeError, Rest, Span, TooManyValues, encode, spans_until_error
from simulator.codec.layout import (
    FieldLayout,
    LayoutDecoder,
    Member,
    NamedType,
    Record,
    UIntType,
    VectorType,
    WireLayout,
    checked,
)
from simulator.codec.spans import ITEMS
from tests.codec.layout.small_layouts import Far, Inner, Near, Outer, Reason, decoder

EXAMPLES = (
    Outer(Near(1), Reason.full, None, None, 0, None, b"abcd", b"mark", (), Inner(1, b"")),
    Outer(Near(2), Reason.late, 9, None, 2, "again", b"abcd", b"mark", (Inner(7, b"\x05"), None), Inner(1, b"x" * 70)),
    Outer(
        Far(3, ("sea", "air")),
        Reason.late,
        9,
        "a note",
        1,
        None,
        b"abcd",
        b"m",
        (None, Inner(8, b"\x02\x00\x01")),
        Inner(7, b"\x05"),
    ),
)


def plain(value: Any) -> Any:
    """What a value is, whatever it was decoded by."""
    match value:
        case DecodeError():
            return str(value)
        case Record(struct, fields):
            return (struct, *(plain(each) for each in fields.values()))
        case tuple():
            return tuple(map(plain, value))
        case int() | str() | bytes() | None | Rest():
            return value
    return (type(value).__name__, *(plain(getattr(value, name)) for name in value.__annotations__))


def shown(parts: tuple[Span, ...]) -> list[Any]:
    return [(each.name, each.start, each.end, plain(each.value), shown(each.children)) for each in parts]


def same(data: bytes, budget: tuple[int, int] = (1000, 1000)) -> DecodeError | None:
    """Both give the same spans and the same error, which is returned."""
    by_class, error = spans_until_error(Outer, data, Budget(*budget))
    by_layout, other = decoder()[0].spans_until_error(NamedType("Outer"), data, Budget(*budget))
    assert shown(by_layout) == shown(by_class)
    assert str(other) == str(error)
    return other


@pytest.mark.parametrize("example", EXAMPLES)
def test_whole_values_and_stumps_are_decoded_alike(example: Outer) -> None:
    data = encode(example)
    assert same(data) is None
    assert str(same(data + b"\x00")) == f"byte {len(data)}: 1 trailing bytes"
    for cut in range(len(data)):
        assert same(data[:cut]) is not None


@pytest.mark.parametrize("budget", [(0, 10), (3, 10), (12, 10), (1000, 1)])
def test_the_budget_counts_alike(budget: tuple[int, int]) -> None:
    data = encode(
        Outer(
            Far(3, ("a",) * 20), Reason.full, None, "n", 1, None, b"abcd", b"mark", (Inner(7, b""),) * 20, Inner(1, b"")
        )
    )
    assert same(data, budget) is None
    assert same(data[:-3], budget) is not None


def test_spoilt_bytes_are_decoded_alike() -> None:
    chance = random.Random(13)
    for _ in range(3000):
        data = bytearray(encode(chance.choice(EXAMPLES)))
        for _ in range(chance.choice((1, 1, 3))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        same(bytes(data))


def test_values_of_enums_and_structs_know_their_names() -> None:
    data = encode(EXAMPLES[0])
    parts, _ = decoder()[0].spans_until_error(NamedType("Outer"), data)
    reason = parts[1].value
    assert isinstance(reason, Member)
    assert (reason, reason.name, reason.enum) == (300, "full", "Reason")
    assert parts[0].value == Record("Near", {"steps": 1})


def test_no_layout_makes_more_of_bytes_than_there_can_be() -> None:
    byte = FieldLayout("a", UIntType(1))
    item = (byte, *(FieldLayout(f"e{n}", NamedType("Nothing")) for n in range(100)))
    layout = checked(WireLayout({"Nothing": (), "Item": item, "X": (FieldLayout("a", VectorType(NamedType("Item"))),)}))
    data = b"\x7f\xff" + bytes(0x3FFF)
    _, error = LayoutDecoder(layout).spans_until_error(NamedType("X"), data)
    assert isinstance(error, TooManyValues)
    assert error.path.startswith("a[")


def test_a_byte_may_well_be_a_value() -> None:
    layout = checked(WireLayout({"Item": (FieldLayout("a", UIntType(1)),)}))
    data = b"\x80\x03\x0d\x40" + bytes(200_000)
    parts, error = LayoutDecoder(layout).spans_until_error(VectorType(NamedType("Item")), data)
    assert error is None
    assert parts[-1].value == Rest(200_000 - ITEMS)
