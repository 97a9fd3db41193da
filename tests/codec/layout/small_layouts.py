"""Declared types of every kind, and their layout."""

from typing import Annotated, TypeAlias

from simulator.codec import (
    Bounded,
    Enum8,
    Enum16,
    Fixed,
    Sized,
    Tagged,
    When,
    opaque,
    struct,
    uint8,
    uint16,
    uint64,
    utf8,
)
from simulator.codec.layout import Body, LayoutDecoder, NamedType, WireLayout, wire_layout


class Kind(Enum8):
    near = 1
    far = 2


class Reason(Enum16):
    full = 300
    late = 301


@struct
class Near:
    steps: uint8


@struct
class Far:
    miles: uint64
    by: tuple[utf8, ...]


Distance: TypeAlias = Annotated[Near | Far, Tagged(Kind, {Kind.near: Near, Kind.far: Far})]


@struct
class Inner:
    kind: uint16
    data: opaque


@struct
class Outer:
    distance: Distance
    reason: Reason
    until: Annotated[uint64 | None, When("reason", Reason.late)]
    note: Annotated[utf8 | None, When("distance", Far)]
    count: uint8
    twice: Annotated[utf8 | None, When("count", 2)]
    tag: Annotated[bytes, Fixed(4)]
    mark: Annotated[bytes, Bounded(1, 300)]
    more: tuple[Inner | None, ...]
    whole: Annotated[Inner, Sized()]


BODIES = (Body(Inner, "data", {7: Near, 8: tuple[uint16, ...]}, "kind"),)


def small() -> WireLayout:
    """The layout of `Outer` and of what is in it."""
    return wire_layout([Outer], {"Distance": Distance}, BODIES)[0]


def decoder() -> tuple[LayoutDecoder, NamedType]:
    """What decodes an `Outer`."""
    return LayoutDecoder(small()), NamedType("Outer")
