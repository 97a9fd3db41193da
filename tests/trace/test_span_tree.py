"""Spans become trees, into which what is in opaque fields is put where it stands."""

from typing import Any

from simulator.codec import encode, opaque, spans_until_error, struct, uint8
from simulator.trace.span_tree import OPENED, SpanTree, text_dissection


@struct
class Leaf:
    number: uint8


@struct
class Box:
    data: opaque


@struct
class Parcel:
    box: Box


def opened_as(types: dict[Any, Any]) -> SpanTree:
    return SpanTree(spans_until_error, lambda holder, field, inside: types.get((type(holder), field)))


def test_an_opaque_field_is_opened_where_its_type_is_known() -> None:
    data = encode(Parcel(Box(encode(Leaf(5)))))
    root = opened_as({(Box, "data"): Leaf}).dissection(Parcel, "Parcel", data).root
    assert [(node.path, node.type, node.value, node.offset) for node in root.walk()] == [
        ("", "Parcel", "", 0),
        ("box", "Box", "", 0),
        ("box.data", "opaque<V>", "", 0),
        ("box.data.number", "uint8", "5", 1),
    ]


def test_an_opaque_field_that_is_something_else_stays_closed() -> None:
    root = opened_as({(Box, "data"): Leaf}).dissection(Parcel, "Parcel", encode(Parcel(Box(b"\x01\x02")))).root
    assert [node.value for node in root.leaves()] == ["0102"]


def test_opening_ends_even_where_each_holds_another() -> None:
    data = b""
    for _ in range(40):
        data = encode(Parcel(Box(data)))
    root = opened_as({(Box, "data"): Parcel}).dissection(Parcel, "Parcel", data).root
    (leaf,) = root.leaves()
    assert leaf.path == ".".join(["box.data"] * (OPENED + 1))


def test_what_is_wrong_is_told_and_the_rest_is_there() -> None:
    found = opened_as({}).dissection(Leaf, "Leaf", b"\x01\x02")
    assert found.error == "byte 1: 1 trailing bytes"
    assert [(node.name, node.value) for node in found.root.leaves()] == [("number", "1"), ("undecoded", "02")]


def test_text_is_text() -> None:
    assert text_dissection(b"a\xff").root.value == "a\\xff"
