"""Fields by dotted path."""

from dataclasses import replace
from typing import Annotated, Any

import pytest

from simulator.codec import Enum8, Fixed, opaque, struct, uint16, utf8
from simulator.errors import SimulatorError
from simulator.scenario.fields import hex_bytes, with_field


class Mode(Enum8):
    slow = 0
    fast = 1


@struct
class Item:
    name: utf8


@struct
class Signed:
    sender: utf8
    version: uint16
    mode: Mode
    items: tuple[Item, ...]
    numbers: tuple[uint16, ...]
    maybe: Item | None
    code: Annotated[bytes, Fixed(3)]


@struct
class Request:
    signed: Signed
    signature: opaque


REQUEST = Request(Signed("a.example", 1, Mode.slow, (Item("one"), Item("two")), (1, 2), None, b"abc"), b"sig")


def changed(**fields: Any) -> Request:
    return replace(REQUEST, signed=replace(REQUEST.signed, **fields))


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("sender", "b.example", changed(sender="b.example")),
        ("signed.sender", "b.example", changed(sender="b.example")),
        ("version", 2, changed(version=2)),
        ("mode", "fast", changed(mode=Mode.fast)),
        ("mode", 1, changed(mode=Mode.fast)),
        ("items.1.name", "three", changed(items=(Item("one"), Item("three")))),
        ("items[0].name", "three", changed(items=(Item("three"), Item("two")))),
        ("numbers", (3, 4, 5), changed(numbers=(3, 4, 5))),
        ("maybe", None, REQUEST),
        ("signature", "text", replace(REQUEST, signature=b"text")),
        ("signature", "hex:00ff", replace(REQUEST, signature=b"\x00\xff")),
    ],
)
def test_a_copy_with_another_value(path: str, value: object, expected: Request) -> None:
    before = REQUEST.signed.sender
    assert with_field(REQUEST, path, value) == expected
    assert REQUEST.signed.sender == before


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("", "x", "is no path"),
        ("sendr", "x", 'has no field "sendr"'),
        ("items.2.name", "x", r"2 items here, and no \[2\]"),
        ("items.name", "x", r"no \[name\]"),
        ("sender.x", "x", "nothing has fields"),
        ("version", 70000, "70000 has no place on the wire"),
        ("version", -1, "no place"),
        ("sender", "\ud800", "no place"),
        ("code", "hex:0000", "no place"),
        ("version", "two", "does not fit"),
        ("version", True, "does not fit"),
        ("mode", "faster", "does not fit"),
        ("mode", 7, "does not fit"),
        ("sender", 5, "does not fit"),
        ("maybe", "x", "does not fit"),
        ("signature", "hex:0", "is no hex"),
    ],
)
def test_what_does_not_fit_is_said(path: str, value: object, complaint: str) -> None:
    with pytest.raises(SimulatorError, match=complaint):
        with_field(REQUEST, path, value)


def test_hex() -> None:
    assert hex_bytes("00 ff0A") == b"\x00\xff\x0a"
    with pytest.raises(SimulatorError, match="is no hex"):
        hex_bytes("0x00")
