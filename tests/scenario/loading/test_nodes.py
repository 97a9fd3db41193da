from simulator.scenario.loading.nodes import Mapping, Scalar, Sequence, items, laid, places, size, sized
from tests.scenario.loading.test_tree import tree


def test_one_thing_alone_stands_for_the_list_of_it() -> None:
    one = tree("a")
    assert items(one) == (one,)
    assert items(tree("~")) == ()
    assert len(items(tree("[a, b]"))) == 2


def test_one_tree_over_another() -> None:
    over, under = tree("{a: {b: 2, c: [9]}, d: 4}"), tree("{x: 0, a: {b: 1, c: [1, 2], e: 3}}")
    made = laid(over, under)
    assert isinstance(made, Mapping)
    assert list(made.values) == list(made.keys) == ["x", "a", "d"]
    inner = made.values["a"]
    assert isinstance(inner, Mapping)
    assert [node.value for node in inner.values.values() if isinstance(node, Scalar)] == [2, 3]
    assert isinstance(inner.values["c"], Sequence)
    assert len(inner.values["c"].items) == 1


def test_the_largest_numbers_of_the_wire_can_be_said() -> None:
    assert tree(f"[{2**64 - 1}, -{2**64 - 1}]").items[0].value == 2**64 - 1  # type: ignore[union-attr]
    assert (sized(2**64 - 1), sized(2**64)) == (True, False)


def test_what_stands_in_several_places_counts_in_each() -> None:
    assert size(tree("a: &x [1, 2]\nb: *x\n")) == 7


def test_where_a_text_stands() -> None:
    node = tree("a: {b: [c, {d: b}]}\nb: 1\n")
    assert [(span.line, span.column) for span in places(node, "b")] == [(1, 5), (1, 16), (2, 1)]
    assert list(places(node, "e")) == []
