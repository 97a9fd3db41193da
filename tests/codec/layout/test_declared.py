"""The layout of declared classes says all that is declared."""

from typing import Annotated

from simulator.codec import Tagged, struct, uint8
from simulator.codec.layout import (
    BodyLayout,
    Condition,
    EnumLayout,
    NamedType,
    UIntType,
    UnionLayout,
    VectorType,
    checked,
    text_of,
    wire_layout,
)
from tests.codec.layout import small_layouts
from tests.codec.layout.small_layouts import Far, Kind, Near, small


def test_structs_have_their_fields_in_order() -> None:
    fields = [(each.name, text_of(each.type)) for each in small().structs["Outer"]]
    assert fields == [
        ("distance", "Distance"),
        ("reason", "Reason"),
        ("until", "uint64"),
        ("note", "utf8<V>"),
        ("count", "uint8"),
        ("twice", "utf8<V>"),
        ("tag", "opaque[4]"),
        ("mark", "opaque<1..300>"),
        ("more", "optional<Inner><V>"),
        ("whole", "sized<Inner>"),
    ]


def test_conditions_are_by_name_or_number() -> None:
    assert [each.when for each in small().structs["Outer"] if each.when] == [
        Condition("reason", ("late",)),
        Condition("distance", ("Far",)),
        Condition("count", (2,)),
    ]


def test_enums_unions_and_opaque_fields_are_there() -> None:
    layout = small()
    assert layout.enums == {
        "Kind": EnumLayout(1, {"near": 1, "far": 2}),
        "Reason": EnumLayout(2, {"full": 300, "late": 301}),
    }
    assert layout.unions == {"Distance": UnionLayout("Kind", {"near": "Near", "far": "Far"})}
    assert layout.bodies == (BodyLayout("Inner", "data", {7: NamedType("Near"), 8: VectorType(UIntType(2))}, "kind"),)
    assert checked(layout) is layout


def test_a_union_without_a_name_is_called_by_its_tag() -> None:
    union = Annotated[Near | Far, Tagged(Kind, {Kind.near: Near, Kind.far: Far})]
    layout, types = wire_layout([union], {})
    assert types[union] == NamedType("KindBody")
    assert set(layout.unions) == {"KindBody"}


def test_two_structs_of_one_name_are_told_apart() -> None:
    other = _other_near()
    layout, types = wire_layout([small_layouts.Near, other], {})
    assert types == {small_layouts.Near: NamedType("Near"), other: NamedType("Near_2")}
    assert [each.name for each in layout.structs["Near_2"]] == ["metres"]


def _other_near() -> type:
    @struct
    class Near:
        metres: uint8

    return Near
