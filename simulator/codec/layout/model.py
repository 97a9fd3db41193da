"""The layout of wire types: everything that their bytes depend on, and the names by which people know them."""

from collections.abc import Mapping
from dataclasses import field

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class UIntType:
    """An unsigned integer of `size` bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class OpaqueType:
    """Bytes behind their length; with `text` they must be UTF-8."""

    text: bool = False


@dataclass(frozen=True, slots=True)
class FixedType:
    """Exactly `size` bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class BoundedType:
    """`least` to `most` bytes behind a length of fixed size."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class VectorType:
    """Items behind the number of their bytes."""

    item: "Type"


@dataclass(frozen=True, slots=True)
class SizedType:
    """A value behind the number of its bytes."""

    inner: "Type"


@dataclass(frozen=True, slots=True)
class OptionalType:
    """An octet 0, or 1 and a value."""

    inner: "Type"


@dataclass(frozen=True, slots=True)
class NamedType:
    """A struct, an enum or a union of the same layout, by name."""

    name: str


Type = UIntType | OpaqueType | FixedType | BoundedType | VectorType | SizedType | OptionalType | NamedType


@dataclass(frozen=True, slots=True)
class Condition:
    """A field is there where the earlier value at `path` is one of `cases`: a struct or an enum's value by name, or a
    number.
    """

    path: str
    cases: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FieldLayout:
    """A field of a struct."""

    name: str
    type: Type
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class EnumLayout:
    """A closed enum of `size` bytes, with its values by name."""

    size: int
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UnionLayout:
    """A tag, which is a value of the enum `tag`, and then the struct or union that it selects, both by name."""

    tag: str
    cases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BodyLayout:
    """What is in an opaque field: which type, the number in another field says, or it is always the type of 0."""

    struct: str
    field: str
    types: Mapping[int, Type]
    number: str = ""
    """The field with the number; nothing where the type is always the same."""
    inside: str = ""
    """The struct that has to hold this one, and that has the number then; nothing where that makes no difference."""


@dataclass(frozen=True, slots=True)
class WireLayout:
    """Wire types by name; no two of them share one."""

    structs: Mapping[str, tuple[FieldLayout, ...]]
    enums: Mapping[str, EnumLayout] = field(default_factory=dict)
    unions: Mapping[str, UnionLayout] = field(default_factory=dict)
    bodies: tuple[BodyLayout, ...] = ()
