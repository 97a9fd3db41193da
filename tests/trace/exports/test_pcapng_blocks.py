"""The blocks of a pcapng file, octet by octet."""

import struct
from ipaddress import IPv4Address

from simulator.trace.exports.pcapng_blocks import (
    heading_block,
    interface_block,
    names_block,
    packet_block,
    secrets_block,
)


def content(block: bytes, code: int) -> bytes:
    """What is in a block of this type; its length stands before and behind it."""
    kind, length = struct.unpack_from("<II", block)
    assert (kind, length, length % 4) == (code, len(block), 0)
    assert struct.unpack_from("<I", block, length - 4) == (length,)
    return block[8:-4]


def test_the_heading_says_the_order_of_bytes() -> None:
    assert content(heading_block("mimi"), 0x0A0D0D0A) == (
        bytes.fromhex("4d3c2b1a 0100 0000 ffffffffffffffff") + b"\x04\0\x04\0mimi" + b"\0\0\0\0"
    )


def test_an_interface_begins_packets_with_ip() -> None:
    assert content(interface_block("one", "first"), 1) == (
        b"\x65\0\0\0\0\0\0\0" + b"\x02\0\x03\0one\0" + b"\x03\0\x05\0first\0\0\0" + b"\0\0\0\0"
    )
    assert content(interface_block("", ""), 1) == b"\x65\0\0\0\0\0\0\0"


def test_secrets_are_a_key_log() -> None:
    assert content(secrets_block(b"a b c\n"), 10) == b"KSLT" + b"\x06\0\0\0" + b"a b c\n\0\0"


def test_names_of_addresses() -> None:
    assert content(names_block({"a.b": IPv4Address("198.18.0.1")}), 4) == (
        b"\x01\0\x08\0" + b"\xc6\x12\0\x01" + b"a.b\0" + b"\0\0\0\0"
    )


def test_a_packet_has_its_time_and_its_comment() -> None:
    time = 1_795_440_037_548_866
    head = struct.pack("<IIIII", 2, time >> 32, time & 0xFFFFFFFF, 5, 5)
    assert content(packet_block(2, time, b"12345"), 6) == head + b"12345\0\0\0"
    assert content(packet_block(2, time, b"12345", "step"), 6) == (
        head + b"12345\0\0\0" + b"\x01\0\x04\0step" + b"\0\0\0\0"
    )
