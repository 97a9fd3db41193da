"""What is made of the same parts is the same thing by another name."""

from simulator.trace.layout.comparing.renames import renamed


def parts(text: str) -> str:
    return text


def test_the_most_alike_are_one() -> None:
    before = {"a": "qwert", "b": "zuiop", "same": "qwert"}
    after = {"c": "zuiox", "d": "qwert", "same": "other", "e": "yyyyy"}
    assert renamed(before, after, parts) == {"a": "d", "b": "c"}


def test_what_has_little_in_common_is_new() -> None:
    assert renamed({"a": "qwert"}, {"b": "qwxyz"}, parts) == {}
    assert renamed({"a": ""}, {"b": ""}, parts) == {}


def test_no_more_pairs_are_looked_at_than_can_be() -> None:
    before, after = ({f"{side}{n}": ["x", f"{side}{n}"] for n in range(2000)} for side in "ab")
    assert renamed(before, after, lambda each: each) == {}
    same = {name: ["x"] for name in before}, {name: ["x"] for name in after}
    assert len(renamed(*same, lambda each: each)) == 2000


def test_each_is_taken_once() -> None:
    assert renamed({"a": "qwert", "b": "qwert"}, {"c": "qwert"}, parts) == {"a": "c"}
