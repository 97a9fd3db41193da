"""Types are texts, and the other way round."""

import pytest

from simulator.codec.layout import (
    BoundedType,
    FixedType,
    LayoutError,
    NamedType,
    OpaqueType,
    OptionalType,
    SizedType,
    Type,
    UIntType,
    VectorType,
    text_of,
    type_from,
)
from simulator.codec.layout.notation import is_name


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("uint16", UIntType(2)),
        ("opaque<V>", OpaqueType()),
        ("utf8<V>", OpaqueType(text=True)),
        ("opaque[16]", FixedType(16)),
        ("opaque<0..32>", BoundedType(0, 32)),
        ("opaque<1..65535><V>", VectorType(BoundedType(1, 65535))),
        ("Node", NamedType("Node")),
        ("utf8<V><V>", VectorType(OpaqueType(text=True))),
        ("optional<Node><V>", VectorType(OptionalType(NamedType("Node")))),
        ("optional<Node<V>>", OptionalType(VectorType(NamedType("Node")))),
        ("optional<opaque<V>>", OptionalType(OpaqueType())),
        ("sized<Node>", SizedType(NamedType("Node"))),
        ("sized<Node<V>><V>", VectorType(SizedType(VectorType(NamedType("Node"))))),
    ],
)
def test_a_type_is_its_text(text: str, type_: Type) -> None:
    assert text_of(type_) == text
    assert type_from(text) == type_


@pytest.mark.parametrize(
    "text",
    [
        "",
        "uint24",
        "opaque[0]",
        "opaque[99999]",
        "opaque<2..1>",
        "opaque<..1>",
        "opaque<01..2>",
        "opaque<0..99999999>",
        "a b",
        "optional<>",
        "<V>",
        "x" * 101,
    ],
)
def test_what_is_no_type_is_refused_with_its_place(text: str) -> None:
    if text == "uint24":
        assert type_from(text) == NamedType(text)  # a name like any other, which `checked` will not find
        return
    with pytest.raises(LayoutError, match=r"^structs\.X: .* is no type$"):
        type_from(text, "structs.X")


def test_types_are_not_nested_without_end() -> None:
    with pytest.raises(LayoutError, match="in each other"):
        type_from("Node" + "<V>" * 100_000)


def test_names_are_plain_words() -> None:
    assert [is_name(each) for each in ("sender", "_x", "X509", "9a", "a-b", "opaque", "uint8", "")] == [
        True,
        True,
        True,
        *[False] * 5,
    ]
