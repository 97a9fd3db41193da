"""Vectors with a length of fixed size."""

from typing import Annotated

import pytest

from simulator.codec import Bounded, DecodeError, decode, encode, spans, struct


@struct
class Names:
    long: Annotated[bytes, Bounded(1, 2**16 - 1)]
    short: Annotated[bytes, Bounded(0, 32)]


def test_the_length_has_as_many_octets_as_the_longest_takes() -> None:
    assert encode(Names(b"ab", b"c")) == bytes.fromhex("0002 6162 01 63")
    assert decode(Names, bytes.fromhex("0001 61 00")) == Names(b"a", b"")
    assert decode(Names, encode(Names(b"x" * 65_535, b"y" * 32))) == Names(b"x" * 65_535, b"y" * 32)


@pytest.mark.parametrize(
    ("data", "path", "offset", "reason"),
    [
        ("00", "long", 0, "needs 2 bytes, 1 left"),
        ("0000 00", "long", 0, "length 0, not 1 to 65535"),
        ("0002 61", "long", 2, "needs 2 bytes, 1 left"),
        ("0001 61", "short", 3, "needs 1 bytes, 0 left"),
        ("0001 61 21" + 33 * "00", "short", 3, "length 33, not 0 to 32"),
        ("0001 61 00 00", "", 4, "1 trailing bytes"),
    ],
)
def test_what_is_malformed(data: str, path: str, offset: int, reason: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(Names, bytes.fromhex(data))
    assert (caught.value.path, caught.value.offset, caught.value.reason) == (path, offset, reason)


@pytest.mark.parametrize("value", [Names(b"", b""), Names(b"a", b"b" * 33)])
def test_what_is_out_of_bounds_is_not_written(value: Names) -> None:
    with pytest.raises(ValueError, match="bytes wanted, not"):
        encode(value)


def test_spans_have_the_length_in_them() -> None:
    found = spans(Names, encode(Names(b"ab", b"c")))
    assert [(span.name, span.start, span.end, span.value) for span in found] == [
        ("long", 0, 4, b"ab"),
        ("short", 4, 6, b"c"),
    ]
