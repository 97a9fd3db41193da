"""Trees of decoded bytes."""

from simulator.trace import Node, undissected
from simulator.trace.tree import shortened

GROUP = Node("group_id", "body.group_id", "opaque<V>", b"mimi://a.example".hex(), 2, 17)
EPOCH = Node("epoch", "body.epoch", "uint64", "7", 19, 8)
BODY = Node("body", "body", "Commit", "", 2, 25, (GROUP, EPOCH))
ROOT = Node("DSRequest", "", "DSRequest", "", 0, 27, (Node("version", "version", "uint16", "1", 0, 2), BODY))


def test_walking_goes_in_wire_order() -> None:
    assert [node.path for node in ROOT.walk()] == ["", "version", "body", "body.group_id", "body.epoch"]
    assert [node.path for node in ROOT.leaves()] == ["version", "body.group_id", "body.epoch"]


def test_a_node_is_found_by_its_path() -> None:
    assert ROOT.find("body.epoch") is EPOCH
    assert ROOT.find("body.nothing") is None


def test_bytes_that_are_text_can_be_read() -> None:
    assert GROUP.text == "mimi://a.example"
    assert EPOCH.text is None
    assert Node("key", "key", "opaque<V>", "00ff00ff00ff", 0, 7).text is None
    assert Node("id", "id", "opaque<V>", b"abc".hex(), 0, 4).text is None


def test_without_a_draft_nothing_is_decoded() -> None:
    assert undissected("group_operation", "request", b"\x00") is None


def test_a_long_text_is_shown_by_its_beginning_and_its_length() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd" * 1000, 3) == "abc… (4,000 characters)"
