"""Fields by dotted path."""

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

import pytest

from simulator.codec import Bounded, Enum8, Fixed, Sized, Tagged, When, opaque, struct, uint16, utf8
from simulator.drafts.mimi_transport_00.messages.queueing import QueueingServiceRequest
from simulator.errors import SimulatorError
from simulator.scenario.running.fields import (
    as_bytes,
    built,
    check_path,
    hex_bytes,
    with_bit_flipped,
    with_field,
    with_item,
    with_item_repeated,
    without_item,
)


class Mode(Enum8):
    slow = 0
    fast = 1


@struct
class Item:
    name: utf8


@struct
class Nothing:
    pass


Choice = Annotated[Item | Nothing, Tagged(Mode, {Mode.slow: Nothing, Mode.fast: Item})]


@struct
class Signed:
    sender: utf8
    version: uint16
    mode: Mode
    items: tuple[Item, ...]
    numbers: tuple[uint16, ...]
    maybe: Item | None
    code: Annotated[bytes, Fixed(3)]
    choice: Choice = Nothing()
    extra: Annotated[uint16 | None, When("mode", Mode.fast)] = None


@struct
class Request:
    signed: Signed
    signature: opaque
    ENVELOPE = "signed"


@struct
class Outer:
    kind: utf8
    body: Annotated[Request, Sized()]
    ENVELOPE = "body"


REQUEST = Request(Signed("a.example", 1, Mode.slow, (Item("one"), Item("two")), (1, 2), None, b"abc"), b"sig")


def changed(**fields: Any) -> Request:
    return replace(REQUEST, signed=replace(REQUEST.signed, **fields))


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("sender", "b.example", changed(sender="b.example")),
        ("signed.sender", "b.example", changed(sender="b.example")),
        ("version", 2, changed(version=2)),
        ("mode", "slow", REQUEST),
        ("mode", 0, REQUEST),
        ("maybe", {"name": "some"}, changed(maybe=Item("some"))),
        ("items", (), changed(items=())),
        ("items", ({"name": "new"},), changed(items=(Item("new"),))),
        ("choice", {"fast": {"name": "arm"}}, changed(choice=Item("arm"))),
        ("choice", "slow", REQUEST),
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
        ("sendr", "x", r'has no field "sendr" \(did you mean "sender"\?\)'),
        ("zork", "x", 'Request has no field "zork"; known: sender, version, .*, signature$'),
        ("items.0.zork", "x", 'Item has no field "zork"; known: name$'),
        ("maybe", {"zork": "x"}, 'Item has no field "zork"; known: name$'),
        ("items.2.name", "x", r"there are 2 items here, and no \[2\]"),
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
        ("sender", 5, "does not fit, expected text"),
        ("maybe.name", "x", "there is nothing where this leads through"),
        ("maybe", {"nam": "x"}, 'Item has no field "nam"'),
        ("maybe", {}, "Item needs name"),
        ("items", "x", "does not fit, expected a list"),
        ("choice", "middle", "expected one of slow, fast"),
        ("choice", {"fast": {"name": "x"}, "slow": {}}, "expected one of slow, fast"),
        ("mode", "fast", "'fast' has no place on the wire"),
        ("extra", 3, "3 has no place"),
        ("maybe", "x", "does not fit"),
        ("signature", "hex:0", "is no hex"),
    ],
)
def test_what_does_not_fit_is_said(path: str, value: object, complaint: str) -> None:
    with pytest.raises(SimulatorError, match=complaint):
        with_field(REQUEST, path, value)


def test_one_item_is_one() -> None:
    one = changed(items=(Item("one"),))
    with pytest.raises(SimulatorError, match="there is 1 item here, and no place 1"):
        without_item(one, "items.1")
    with pytest.raises(SimulatorError, match=r"there is 1 item here, and no \[1\]"):
        with_field(one, "items.1.name", "x")


def test_items_come_and_go() -> None:
    one, two, new = Item("one"), Item("two"), {"name": "new"}
    assert with_item(REQUEST, "items.0", new) == changed(items=(Item("new"), one, two))
    assert with_item(REQUEST, "items.2", new) == changed(items=(one, two, Item("new")))
    assert without_item(REQUEST, "items.0") == changed(items=(two,))
    assert with_item_repeated(REQUEST, "items.1", 2) == changed(items=(one, two, two))
    assert with_item_repeated(REQUEST, "items.0", 3) == changed(items=(one, one, one, two))
    assert with_item(changed(items=()), "items.0", new) == changed(items=(Item("new"),))


@struct
class Perhaps:
    is_there: Mode
    items: Annotated[tuple[Item, ...] | None, When("is_there", Mode.fast)]


def test_items_of_a_vector_that_need_not_be_there() -> None:
    request = Perhaps(Mode.fast, (Item("one"), Item("two")))
    assert without_item(request, "items.0") == Perhaps(Mode.fast, (Item("two"),))
    with pytest.raises(SimulatorError, match="not in a vector"):
        without_item(Perhaps(Mode.slow, None), "items.0")


@pytest.mark.parametrize("path", ["items", "items.x", "items.3", "sender.0", "maybe.0"])
def test_items_that_can_not_come_or_go(path: str) -> None:
    for change in (without_item, partial(with_item_repeated, times=2)):
        with pytest.raises(SimulatorError, match=r"no path of an item|no place 3|not in a vector"):
            change(REQUEST, path)
    with pytest.raises(SimulatorError, match=r"no path of an item|no place 3|not in a vector"):
        with_item(REQUEST, path, {"name": "new"})


def test_a_bit_in_bytes() -> None:
    assert with_bit_flipped(REQUEST, "signature") == replace(REQUEST, signature=b"sif")
    for path in ("sender", "items"):
        with pytest.raises(SimulatorError, match="there are no bytes here"):
            with_bit_flipped(REQUEST, path)


def test_a_whole_struct() -> None:
    fields = {
        "sender": "a.example",
        "version": 1,
        "mode": "slow",
        "items": ({"name": "one"}, {"name": "two"}),
        "numbers": (1, 2),
        "maybe": None,
        "code": "abc",
        "choice": "slow",
    }
    assert built(Request, {"signed": fields, "signature": "sig"}) == REQUEST
    assert built(Request, {**fields, "signature": "sig"}) == REQUEST, "the envelope need not be said"
    outer = built(Outer, {**fields, "signature": "sig", "kind": "it"})
    assert outer == Outer("it", REQUEST), "nor one around that"
    assert with_field(outer, "items.0.name", "other").body.signed.items[0] == Item("other")
    assert with_bit_flipped(outer, "body.signature").body.signature == b"sif"
    check_path(Outer, "items.0.name")
    with pytest.raises(SimulatorError, match='Outer has no field "signatur"'):
        check_path(Outer, "signatur")
    with pytest.raises(SimulatorError, match="no place on the wire"):
        built(Request, {**fields, "version": 70000, "signature": "sig"})
    with pytest.raises(SimulatorError, match="Request needs signature"):
        built(Request, fields)


def test_bytes() -> None:
    assert as_bytes("hex:00ff") == b"\x00\xff"
    assert as_bytes("text") == b"text"


def test_hex() -> None:
    assert hex_bytes("00 ff0A") == b"\x00\xff\x0a"
    with pytest.raises(SimulatorError, match="is no hex"):
        hex_bytes("0x00")


@pytest.mark.parametrize("path", ["recipients.0.client_id", "recipients.7", "signed.recipients", "sender"])
def test_a_path_that_may_lead_somewhere(path: str) -> None:
    check_path(QueueingServiceRequest, path)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("recipients.client_id", 'nothing has fields where "client_id" should be'),
        ("recipients.0.cleint_id", 'did you mean "client_id"'),
        ("sender.x", 'nothing has fields where "x" should be'),
        ("recipinets", 'did you mean "recipients"'),
    ],
)
def test_a_path_that_leads_nowhere(path: str, said: str) -> None:
    with pytest.raises(SimulatorError, match=said):
        check_path(QueueingServiceRequest, path)


@struct
class Challenge:
    issuer: Annotated[bytes, Bounded(1, 4)]
    context: Annotated[bytes, Bounded(0, 2)]


def test_bytes_with_a_length_of_fixed_size() -> None:
    made = built(Challenge, {"issuer": "i", "context": "hex:00ff"})
    assert made == Challenge(b"i", b"\x00\xff")
    assert with_field(made, "issuer", "issu") == Challenge(b"issu", b"\x00\xff")
    assert with_bit_flipped(made, "context").context == b"\x00\xfe"
    for wrong in ("", "issue"):
        with pytest.raises(SimulatorError, match=f"issuer: '{wrong}' has no place on the wire"):
            with_field(made, "issuer", wrong)
    with pytest.raises(SimulatorError, match="expected text, or bytes as hex:00ff"):
        with_field(made, "issuer", 1)
