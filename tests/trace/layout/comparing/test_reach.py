"""Which types can have others in them."""

from simulator.codec.layout import (
    BodyLayout,
    EnumLayout,
    FieldLayout,
    NamedType,
    OpaqueType,
    OptionalType,
    UnionLayout,
    VectorType,
    WireLayout,
)
from simulator.trace.layout.comparing import reaching

WIRE = WireLayout(
    {
        "Leaf": (),
        "Item": (FieldLayout("leaf", OptionalType(NamedType("Leaf"))),),
        "Many": (FieldLayout("items", VectorType(NamedType("Item"))),),
        "Inside": (),
        "Closed": (FieldLayout("data", OpaqueType()),),
        "Alone": (FieldLayout("data", OpaqueType()),),
    },
    {"Kind": EnumLayout(1, {"leaf": 1})},
    {"Choice": UnionLayout("Kind", {"leaf": "Leaf"})},
    (BodyLayout("Closed", "data", {0: NamedType("Inside")}),),
)


def test_a_type_is_reached_through_vectors_optionals_unions_and_opaque_fields() -> None:
    assert reaching(WIRE, ["Leaf"]) == {"Leaf", "Item", "Many", "Choice"}
    assert reaching(WIRE, ["Inside"]) == {"Inside", "Closed"}
    assert reaching(WIRE, ["Kind"]) == {"Kind", "Choice"}
    assert reaching(WIRE, []) == frozenset()
