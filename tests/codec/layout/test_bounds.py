"""By a layout that is incomplete, endless or too large nobody decodes."""

from dataclasses import replace

import pytest

from simulator.codec.layout import (
    Condition,
    EnumLayout,
    FieldLayout,
    LayoutError,
    NamedType,
    OptionalType,
    SizedType,
    UIntType,
    UnionLayout,
    VectorType,
    WireLayout,
    checked,
)
from simulator.codec.layout.bounds import MOST_FIELDS, MOST_NESTED, MOST_TYPES
from tests.codec.layout.small_layouts import small

BYTE = FieldLayout("a", UIntType(1))


def refused(layout: WireLayout, words: str) -> None:
    with pytest.raises(LayoutError, match=words):
        checked(layout)


def test_every_name_is_known() -> None:
    refused(WireLayout({"X": (FieldLayout("a", NamedType("Y")),)}), r"^structs\.X\.a: there is no type Y$")
    refused(
        replace(small(), unions={"U": UnionLayout("Nobody", {})}), r"^structs\.Outer\.distance: there is no type Dis"
    )
    refused(WireLayout({}, {}, {"U": UnionLayout("Nobody", {})}), r"^unions\.U: there is no enum Nobody$")
    refused(WireLayout({}, {"E": EnumLayout(1, {})}, {"U": UnionLayout("E", {"a": "E"})}), "has no such value")
    refused(replace(small(), structs={}, unions={}), r"^bodies\.Inner\.data: there is no struct Inner$")


def test_no_name_is_there_twice() -> None:
    refused(WireLayout({"X": (BYTE,)}, {"X": EnumLayout(1, {})}), "more than one type is called X")
    refused(WireLayout({"X": (BYTE, BYTE)}), r"structs\.X\.a: there is a field of this name already")


@pytest.mark.parametrize(
    "through", [NamedType("X"), VectorType(NamedType("X")), OptionalType(NamedType("X")), SizedType(NamedType("X"))]
)
def test_nothing_is_a_part_of_itself(through: NamedType) -> None:
    refused(WireLayout({"X": (BYTE, FieldLayout("b", through))}), "X is a part of itself")


def test_items_have_bytes() -> None:
    refused(WireLayout({"X": (), "Y": (FieldLayout("a", VectorType(NamedType("X"))),)}), "without a byte")
    when = replace(BYTE, name="b", when=Condition("c", (1,)))
    refused(WireLayout({"X": (when,)}), "depends on c, which is no earlier field")


def test_enums_fit() -> None:
    refused(WireLayout({}, {"E": EnumLayout(1, {"a": 256})}), r"enums\.E\.a: 256 does not fit into 1 bytes")
    refused(WireLayout({}, {"E": EnumLayout(3, {})}), "1 or 2 bytes, not 3")
    refused(WireLayout({}, {"E": EnumLayout(1, {"a": 1, "b": 1})}), "two names for one number")
    cases = {"U": UnionLayout("E", {"a": "E"})}
    refused(WireLayout({}, {"E": EnumLayout(1, {"a": 1})}, cases), "E is an enum, and a case is a struct")


def test_layouts_are_neither_deep_nor_wide_nor_many() -> None:
    deep = {f"X{n}": (FieldLayout("a", NamedType(f"X{n + 1}")),) for n in range(MOST_NESTED + 1)}
    refused(WireLayout({**deep, f"X{MOST_NESTED + 1}": (BYTE,)}), "structs in each other")
    shallow_first = dict(reversed([*deep.items(), (f"X{MOST_NESTED + 1}", (BYTE,))]))
    refused(WireLayout(shallow_first), "structs in each other")
    doubling = {f"X{n}": tuple(FieldLayout(f, NamedType(f"X{n + 1}")) for f in "ab") for n in range(30)}
    refused(WireLayout({**doubling, "X30": (BYTE,)}), "has more than 4,096 fields")
    refused(WireLayout({"X": tuple(replace(BYTE, name=f"a{n}") for n in range(MOST_FIELDS + 1))}), "256 fields")
    refused(WireLayout({f"X{n}": (BYTE,) for n in range(MOST_TYPES + 1)}), "more than 1000 structs")
