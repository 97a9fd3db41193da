"""JSON as a tree: each value with the bytes that it is."""

import json

import pytest

from simulator.trace.json_tree import DEEPEST, MOST, json_dissection

TEXT = b'{"a": [1, -2.5e3, {"b": "x\\"y\\u00e9", "c\xc3\xa9": null}], "d": {}, "e":[ ], "f":true}'


def test_each_value_has_its_path_its_type_and_its_bytes() -> None:
    found = json_dissection(TEXT, "Example")
    assert (found.error, found.root.name, found.root.type) == (None, "Example", "Example")
    said = {node.path: (node.type, node.value) for node in found.root.leaves()}
    assert said == {
        "a[0]": ("number", "1"),
        "a[1]": ("number", "-2.5e3"),
        "a[2].b": ("text", 'x"yé'),
        "a[2].cé": ("word", "null"),
        "d": ("object", ""),
        "e": ("vector<V>", ""),
        "f": ("word", "true"),
    }
    for node in found.root.walk():
        json.loads(TEXT[node.offset : node.offset + node.length])


def test_a_value_alone_is_a_leaf() -> None:
    root = json_dissection(b' "x" ', "Example").root
    assert (root.value, root.offset, root.length, root.children) == ("x", 1, 3, ())


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe", b'{"a":1}x', b"[" * 100_000, b"nothing"])
def test_what_is_no_json_is_one_text(data: bytes) -> None:
    found = json_dissection(data, "Example")
    assert found.error == "this is no JSON"
    assert [node.name for node in found.root.children] == ["text"]


def test_only_so_many_values_and_so_deep_are_told_apart() -> None:
    assert json_dissection(json.dumps([0] * MOST).encode(), "Example").error is not None
    deep = json_dissection(b"[" * 100 + b"]" * 100, "Example")
    assert deep.error is None
    assert max(node.path.count("[") for node in deep.root.walk()) == DEEPEST
