"""The blocks of a pcapng file, each a type, its length, its content, its length again (draft-ietf-opsawg-pcapng)."""

import struct
from collections.abc import Mapping
from ipaddress import IPv4Address

from simulator.trace.naming import cut

COMMENT, APPLICATION, INTERFACE_NAME, INTERFACE_DESCRIPTION = 1, 4, 2, 3
"""The codes of options; the first is for any block, the others are for the heading and for interfaces."""
RAW = 101
"""The link type of interfaces whose packets begin with their IP header."""
TLS_KEY_LOG = 0x544C534B
"""The sort of secrets that is a key log of TLS."""
IPV4_NAMES = 1
LONGEST = 0xFFFF
"""Bytes of an option's value, and of a record of names: what is longer is cut."""


def heading_block(application: str) -> bytes:
    """The Section Header Block: in which order bytes stand, and who wrote this."""
    return _block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1), {APPLICATION: application})


def interface_block(name: str, description: str) -> bytes:
    """An Interface Description Block. Its number is its place in the file, from 0; times are microseconds."""
    return _block(1, struct.pack("<HHI", RAW, 0, 0), {INTERFACE_NAME: name, INTERFACE_DESCRIPTION: description})


def secrets_block(key_log: bytes) -> bytes:
    """A Decryption Secrets Block; it must stand before the packets for which it is needed."""
    return _block(10, struct.pack("<II", TLS_KEY_LOG, len(key_log)) + _padded(key_log))


def names_block(names: Mapping[str, IPv4Address]) -> bytes:
    """A Name Resolution Block."""
    records = b"".join(
        _record(IPV4_NAMES, address.packed + cut(name, LONGEST - 5).encode() + b"\0") for name, address in names.items()
    )
    return _block(4, records + struct.pack("<HH", 0, 0))


def packet_block(interface: int, microseconds: int, data: bytes, comment: str = "") -> bytes:
    """An Enhanced Packet Block. The time counts from 1970."""
    head = struct.pack("<IIIII", interface, *divmod(microseconds, 2**32), len(data), len(data))
    return _block(6, head + _padded(data), {COMMENT: comment})


def _block(code: int, content: bytes, options: Mapping[int, str] | None = None) -> bytes:
    texts = {option: cut(text, LONGEST).encode() for option, text in (options or {}).items() if text}
    if texts:
        content += b"".join(_record(option, text) for option, text in texts.items()) + struct.pack("<HH", 0, 0)
    length = struct.pack("<I", 12 + len(content))
    return struct.pack("<I", code) + length + content + length


def _record(code: int, value: bytes) -> bytes:
    """An option, or a record of names."""
    return struct.pack("<HH", code, len(value)) + _padded(value)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)
