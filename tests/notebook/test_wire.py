"""Bytes beside the struct."""

import pytest

from simulator.codec import encode, write_varint
from simulator.drafts.dissection import dissector
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyRequest
from simulator.notebook.figures.markup import MARK
from simulator.notebook.wire import is_key, readable, wire
from simulator.trace import Dissection, Node

BODY = encode(VerificationKeyRequest(1, "a.example", "b.example"))


def decoded(body: bytes = BODY) -> Dissection:
    found = dissector("mimi-transport-00")("verification_key", "request", body)
    assert found is not None
    return found


def test_each_field_has_its_place_its_bytes_and_its_value() -> None:
    shown = wire(decoded(), BODY, "the title")
    assert '<span class="dim">0002</span><span class="dim">09 61 2e 65 78 61 6d 70 … 10</span>' in shown.html
    assert '<span class="name">sender</span> <span class="dim">utf8&lt;V&gt;</span> a.example' in shown.html
    assert repr(shown) == "the title\nversion = 1\nsender = a.example\nrecipient = b.example"


def test_a_part_alone() -> None:
    shown = wire(decoded(), BODY, at="recipient")
    assert "b.example" in shown.html
    assert "a.example" not in shown.html
    with pytest.raises(KeyError, match="recipent"):
        wire(decoded(), BODY, at="recipent")


def test_fields_stand_out_where_they_are_marked() -> None:
    assert wire(decoded(), BODY).html.count(MARK) == 0
    assert wire(decoded(), BODY, marked=["sender"]).html.count(MARK) == 1


def test_structs_are_open_down_to_a_depth_and_wherever_something_is_marked() -> None:
    assert "<details open>" in wire(decoded(), BODY).html
    assert "<details open>" not in wire(decoded(), BODY, depth=0).html
    assert "<details open>" in wire(decoded(), BODY, depth=0, marked=["sender"]).html


def test_what_can_t_be_decoded_is_said() -> None:
    assert "Not decoded further" in wire(decoded(BODY[:-1]), BODY[:-1]).html


def test_values_for_people() -> None:
    def leaf(name: str, value: bytes) -> Node:
        return Node(name, name, "opaque<V>", value.hex(), 0, len(value))

    assert readable(leaf("group_id", b"mimi://a.example/g/1")) == '"mimi://a.example/g/1"'
    assert readable(leaf("tag", bytes(3))) == "000000"
    assert readable(leaf("signature", bytes(64))) == "64 bytes"
    assert is_key(leaf("signature_key", bytes(32)))
    assert not is_key(leaf("signature", bytes(64)))
    assert not is_key(leaf("signature_key", b""))


def test_words_are_cut_where_a_terminal_would_drown() -> None:
    leaves = tuple(Node(f"[{n}]", f"items[{n}]", "uint8", str(n), n, 1) for n in range(30))
    root = Node("Many", "", "Many", "", 0, 30, leaves)
    assert repr(wire(Dissection(root), bytes(30))).splitlines()[-1] == "... 6 more fields"


def test_of_millions_of_fields_some_thousand_are_shown() -> None:
    recipients = b"\x00\x00" * 1_000_000
    data = b"\x00\x01\x09b.example\x09c.example\x00" + write_varint(len(recipients)) + recipients
    data += b"\x01g" + b"\x00\x01\x00\x05"
    found = dissector("mimi-transport-00")("deliver_message", "request", data)
    assert found is not None
    shown = wire(found, data, marked=["signed.recipients[4000].client_id"])
    assert len(shown.html) < 2_000_000
    assert "more items of recipients" in shown.html
    assert "group_id" in shown.html
    assert shown.html.count(MARK) == 1


def test_a_long_text_is_cut() -> None:
    leaf = Node("name", "name", "utf8<V>", "x" * 1_000_000, 0, 30)
    key = Node("public_key", "public_key", "opaque<V>", "78" * 1_000_000, 0, 30)
    found = Dissection(Node("Name", "", "Name", "", 0, 30, (leaf, key)))
    shown = wire(found, bytes(30))
    assert "xxx… (1,000,000 characters)" in shown.html
    assert len(shown.html) + len(repr(shown)) < 10_000
