"""Vector lengths: the examples of RFC 9420 2.1.2 and every way to get one wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.codec import DecodeError, read_varint, write_varint
from simulator.codec.varint import MAX_LENGTH, read_length


@pytest.mark.parametrize(("value", "encoding"), [(37, "25"), (15293, "7bbd"), (494878333, "9d7f3e7d")])
def test_examples_of_the_rfc(value: int, encoding: str) -> None:
    assert write_varint(value).hex() == encoding
    assert read_varint(bytes.fromhex(encoding), 0, len(encoding) // 2) == (value, len(encoding) // 2)


@given(st.integers(0, MAX_LENGTH))
def test_round_trip(value: int) -> None:
    data = write_varint(value)
    assert read_varint(data, 0, len(data)) == (value, len(data))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "needs 1 bytes, 0 left"),
        ("40", "needs 2 bytes, 1 left"),
        ("800000", "needs 4 bytes, 3 left"),
        ("c000000000000000", "invalid length prefix 0b11"),
        ("403f", "not the fewest possible"),
        ("80003fff", "not the fewest possible"),
    ],
)
def test_malformed_lengths(data: str, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        read_varint(bytes.fromhex(data), 0, len(data) // 2)


def test_content_cut_off() -> None:
    with pytest.raises(DecodeError, match="needs 3 bytes, 2 left") as wrong:
        read_length(b"\x03ab", 0, 3)
    assert wrong.value.offset == 1


@pytest.mark.parametrize("value", [-1, MAX_LENGTH + 1])
def test_lengths_that_no_vector_has(value: int) -> None:
    with pytest.raises(ValueError, match="0 to 1073741823 bytes"):
        write_varint(value)
