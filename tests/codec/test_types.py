"""The vocabulary table in the docs of `types` is true: each row's encoding is the presentation language's."""

from typing import Annotated, Any

import pytest

from simulator.codec import Enum8, Enum16, Fixed, Tagged, codec, opaque, struct, uint8, uint16, uint32, uint64, utf8


class E(Enum8):
    a = 1
    b = 2


class Wide(Enum16):
    a = 0x0A0B


@struct
class A:
    x: uint8


@struct
class B: ...


@pytest.mark.parametrize(
    ("annotation", "value", "encoding"),
    [
        (uint8, 1, "01"),
        (uint16, 1, "0001"),
        (uint32, 1, "00000001"),
        (uint64, 1, "0000000000000001"),
        (opaque, b"ab", "026162"),
        (utf8, "é", "02c3a9"),
        (Annotated[bytes, Fixed(2)], b"ab", "6162"),
        (tuple[uint16, ...], (1, 2), "0400010002"),
        (uint8 | None, None, "00"),
        (uint8 | None, 5, "0105"),
        (E, E.b, "02"),
        (Wide, Wide.a, "0a0b"),
        (Annotated[A | B, Tagged(E, {E.a: A, E.b: B})], A(5), "0105"),
        (Annotated[A | B, Tagged(E, {E.a: A, E.b: B})], B(), "02"),
    ],
)
def test_each_word_has_its_encoding(annotation: Any, value: Any, encoding: str) -> None:
    assert codec(annotation).encode(value).hex() == encoding
    assert codec(annotation).decode(bytes.fromhex(encoding)) == value
