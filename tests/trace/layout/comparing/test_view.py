"""Trees of two layouts, shown so that they can be compared."""

from dataclasses import replace

from simulator.codec.layout import EnumLayout, FieldLayout, NamedType, OpaqueType, UIntType, WireLayout
from simulator.trace.layout import Layout
from simulator.trace.layout.comparing import compare, view_back, views
from simulator.trace.tree import Node
from tests.trace.examples import LAYOUT


def of(fields: dict[str, tuple[FieldLayout, ...]], kinds: dict[str, int]) -> Layout:
    return replace(LAYOUT, wire=WireLayout({"Question": (), **fields}, {"Kind": EnumLayout(1, kinds)}))


NUMBER, SENDER = FieldLayout("number", UIntType(2)), FieldLayout("sender", OpaqueType(text=True))
KIND, FLAG, LAST = (
    FieldLayout("kind", NamedType("Kind")),
    FieldLayout("flag", UIntType(1)),
    FieldLayout("last", UIntType(1)),
)
KINDS = {"a": 1, "b": 2}
OLD = of({"Ask": (NUMBER, SENDER, KIND, FLAG, LAST)}, KINDS)
NEW = of({"Ask": (NUMBER, replace(SENDER, name="from_whom"), KIND, LAST, replace(FLAG, name="more"))}, {"a": 1, "b": 7})
OTHER_NAME = of({"AskAgain": (NUMBER, SENDER, KIND, FLAG, LAST)}, KINDS)
WIDE = of({"Ask": (replace(NUMBER, type=UIntType(4)), SENDER, KIND, FLAG, LAST)}, KINDS)


def tree(struct: str, *values: tuple[str, str, str]) -> Node:
    children = tuple(Node(name, name, kind, value, 0, 1) for name, kind, value in values)
    return Node(struct, "", struct, "", 0, 9, children)


NUMBERED = ("number", "uint16", "5")
BEFORE = tree("Ask", NUMBERED, ("sender", "utf8<V>", "x"), ("kind", "Kind", "b(2)"), ("flag", "uint8", "1"))
AFTER = tree("Ask", NUMBERED, ("from_whom", "utf8<V>", "x"), ("kind", "Kind", "b(7)"), ("more", "uint8", "1"))


def shown(root: Node) -> list[tuple[str, str, str]]:
    return [(node.path, node.type, node.value) for node in root.children]


def test_both_are_shown_in_the_later_names_without_what_only_one_has() -> None:
    old, new = views(OLD, NEW, compare(OLD, NEW))
    assert shown(old.of(BEFORE)) == shown(new.of(AFTER))
    assert shown(new.of(AFTER)) == [("number", "uint16", "5"), ("from_whom", "utf8<V>", "x"), ("kind", "Kind", "b(7)")]


def test_the_later_is_shown_in_the_earlier_names() -> None:
    view, untold = view_back(OLD, NEW, compare(OLD, NEW))
    assert shown(view.of(AFTER)) == [("number", "uint16", "5"), ("sender", "utf8<V>", "x"), ("kind", "Kind", "b(2)")]
    assert untold == {"Ask"}  # the earlier had a field that nobody sends any more


def test_a_struct_of_another_name_is_the_same_struct() -> None:
    old, new = views(OLD, OTHER_NAME, compare(OLD, OTHER_NAME))
    assert old.of(BEFORE).type == new.of(tree("AskAgain", NUMBERED)).type == "AskAgain"
    assert view_back(OLD, OTHER_NAME, compare(OLD, OTHER_NAME))[0].of(tree("AskAgain", NUMBERED)).type == "Ask"


def test_a_number_of_another_size_is_the_same_number() -> None:
    old, new = views(OLD, WIDE, compare(OLD, WIDE))
    wide = tree("Ask", ("number", "uint32", "5"))
    assert shown(old.of(tree("Ask", ("number", "uint16", "5")))) == shown(new.of(wide))
    assert shown(new.of(wide)) != shown(new.of(tree("Ask", ("number", "uint32", "6"))))
