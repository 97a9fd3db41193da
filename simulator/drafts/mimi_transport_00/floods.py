"""Requests that are one item over and over: [DS] and RFC 9420 have vectors without a bound of their own."""

from collections.abc import Mapping

from simulator.codec import write_varint
from simulator.drafts.adversary import RepeatedItem

_BASIC = b"\x00\x01\x00"
"""A basic credential without a name."""
_LEAF = b"\x00\x00" + _BASIC + bytes(5)
"""A leaf up to its source: keys, credential, capabilities, all empty."""
_COMMIT = b"\x00\x01\x00\x01\x00" + bytes(8) + b"\x01" + bytes(4) + b"\x00\x03"
"""A public message of a member up to its commit."""


def _item(endpoint: str, before: bytes, item: bytes) -> RepeatedItem:
    def front(sender: str, recipient: str) -> bytes:
        names = b"".join(write_varint(len(name)) + name.encode() for name in (sender, recipient))
        return b"\x00\x01" + names + before

    return RepeatedItem(endpoint, front, item)


REPEATED: Mapping[str, RepeatedItem] = {
    "empty recipients": _item("deliver_message", b"\x00", b"\x00\x00"),
    "recipients": _item("deliver_message", b"\x00", b"\x00\x1bmimi://a.example/d/alice/p0"),
    "empty certificates": _item("group_operation", b"\x01\x00" + b"\x00\x00" + b"\x00\x02", b"\x00"),
    "extensions": _item("group_operation", b"\x01\x00" + _LEAF + b"\x02", b"\x00\x0a\x00"),
    "proposals by reference": _item("group_operation", b"\x03" + _COMMIT, b"\x02\x00"),
    "removes": _item("group_operation", b"\x03" + _COMMIT, b"\x01\x00\x03" + bytes(4)),
    "path nodes": _item("group_operation", b"\x03" + _COMMIT + b"\x00\x01" + _LEAF + b"\x03\x00\x00\x00", b"\x00\x00"),
}
"""By what they have so many of."""
