"""A layout as JSON's values: back it is the same, and whatever else comes is refused with its place."""

import copy
import json
import random
from typing import Any

import pytest

from simulator.codec.layout import LayoutDecoder, LayoutError, NamedType, from_data, to_data
from tests.codec.layout.small_layouts import small


def test_back_it_is_the_same() -> None:
    assert from_data(json.loads(json.dumps(to_data(small())))) == small()


def test_it_is_as_compact_as_the_presentation_language() -> None:
    data = to_data(small())
    assert data["structs"]["Outer"][2] == ["until", "uint64", ["reason", "late"]]
    assert data["enums"]["Kind"] == [1, {"near": 1, "far": 2}]
    assert data["unions"] == {"Distance": ["Kind", {"near": "Near", "far": "Far"}]}
    assert data["bodies"] == [["Inner.data", "kind", "", {"7": "Near", "8": "uint16<V>"}]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"structs": []}, "^structs: not a mapping$"),
        ({"structs": {"X": [["a"]]}}, r"^structs\.X\[0\]: 1 items, not 2 to 3$"),
        ({"structs": {"X": [["a b", "uint8"]]}}, r"^structs\.X\[0\]: 'a b' is no name$"),
        ({"structs": {"X": [["a", 8]]}}, r"^structs\.X\[0\]: not a text$"),
        ({"structs": {"X": [["a", "x" * 2000]]}}, "a text of more than 1,000 characters"),
        ({"structs": {"X": [["a", "uint8", ["b"]]]}}, "1 items, not 2 to"),
        ({"structs": {"X": [["a", "uint8", ["b..c", 1]]]}}, "'' is no name"),
        ({"enums": {"E": [1, {"a": 1.5}]}}, r"^enums\.E\.a: not a whole number$"),
        ({"enums": {"E": [1, {"a": True}]}}, "not a whole number"),
        ({"enums": {"E": [1, {"a": -1}]}}, "not a whole number"),
        ({"unions": {"U": ["Kind"]}}, r"^unions\.U: 1 items"),
        ({"bodies": {}}, "^bodies: not a list$"),
        ({"bodies": [["Inner.data", "kind", "", {"x": "Near"}]]}, r"^bodies\[0\]: 'x' is no number$"),
        ({"bodies": [["Inner.data", "kind", "", {"9" * 5000: "Near"}]]}, "is no number$"),
        ({"other": 1}, "has to have structs, enums, unions, bodies, and nothing else"),
    ],
)
def test_anything_else_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(LayoutError, match=words):
        from_data(to_data(small()) | changes)


def test_layouts_changed_at_random_are_refused_or_can_be_decoded_by() -> None:
    chance, taken = random.Random(13), 0
    for _ in range(2000):
        data = copy.deepcopy(to_data(small()))
        for _ in range(chance.choice((1, 1, 2))):
            _spoil(data, chance)
        try:
            layout = from_data(data)
        except LayoutError:
            continue
        taken += 1
        decoder = LayoutDecoder(layout)
        for name in layout.structs:
            decoder.spans_until_error(NamedType(name), chance.randbytes(30))
    assert taken > 100


def _spoil(data: Any, chance: random.Random) -> None:
    """Change one value somewhere inside."""
    while True:
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(data[key], dict | list) and data[key] and chance.random() < 0.9:
            data = data[key]
            continue
        words = ["Near", "Far", "Kind", "uint8", "opaque<V>", "Inner<V>", "optional<Outer>", "", 0, 7, None, [], {}]
        data[key] = chance.choice(words)
        return
