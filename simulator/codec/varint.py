"""The variable-size vector length of RFC 9420 2.1.2: QUIC's encoding, minimal form only."""

from simulator.codec.errors import DecodeError, too_short

MAX_LENGTH = (1 << 30) - 1
"""The longest vector in bytes: the 0b11 prefix, which would go further, is invalid."""


SHORT = tuple(bytes([length]) for length in range(1 << 6))
"""The lengths that take one octet, encoded."""


def write_varint(value: int) -> bytes:
    """The shortest encoding of a length. Raises ValueError for what is below 0 or above `MAX_LENGTH`."""
    if 0 <= value < 1 << 6:
        return SHORT[value]
    if 0 <= value < 1 << 14:
        return (value | 0x4000).to_bytes(2, "big")
    if 0 <= value <= MAX_LENGTH:
        return (value | 0x8000_0000).to_bytes(4, "big")
    raise ValueError(f"a vector's length is 0 to {MAX_LENGTH} bytes, not {value}")


def read_varint(data: bytes, offset: int, end: int) -> tuple[int, int]:
    """A length and the offset behind it. Raises DecodeError for a cut-off, invalid or over-long encoding."""
    if offset >= end:
        raise too_short(offset, 1, end)
    first = data[offset]
    if first < 0x40:
        return first, offset + 1
    if first >= 0xC0:
        raise DecodeError(offset, "invalid length prefix 0b11 (RFC 9420 2.1.2)")
    size = 2 if first < 0x80 else 4
    after = offset + size
    if after > end:
        raise too_short(offset, size, end)
    value = int.from_bytes(data[offset:after], "big") & ((1 << (8 * size - 2)) - 1)
    if value < (1 << 6 if size == 2 else 1 << 14):
        raise DecodeError(offset, f"length {value} takes {size} bytes, not the fewest possible (RFC 9420 2.1.2)")
    return value, after


def read_length(data: bytes, offset: int, end: int) -> tuple[int, int]:
    """The start and end of a vector's content at `offset`. Raises DecodeError, also where the content is cut off."""
    length, start = read_varint(data, offset, end)
    if start + length > end:
        raise too_short(start, length, end)
    return start, start + length
