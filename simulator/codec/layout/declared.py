"""The layout of wire types that are declared as classes."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.codec.bounded import BoundedWire
from simulator.codec.declare import wire_of
from simulator.codec.layout.model import (
    BodyLayout,
    BoundedType,
    Condition,
    EnumLayout,
    FieldLayout,
    FixedType,
    NamedType,
    OpaqueType,
    OptionalType,
    SizedType,
    Type,
    UIntType,
    UnionLayout,
    VectorType,
    WireLayout,
)
from simulator.codec.sized import SizedWire
from simulator.codec.types import When
from simulator.codec.wire import (
    EnumWire,
    FixedWire,
    OpaqueWire,
    OptionalWire,
    StructWire,
    TaggedWire,
    UIntWire,
    VectorWire,
    Wire,
)
from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """What is in an opaque field of a declared struct. See `BodyLayout`, which says the same by name."""

    struct: type
    field: str
    types: Mapping[int, Any]
    number: str = ""
    inside: type | None = None


def wire_layout(
    shown: Iterable[Any], names: Mapping[str, Any], bodies: Iterable[Body] = ()
) -> tuple[WireLayout, Mapping[Any, Type]]:
    """The layout of these wire types and of all that is in them, and the type that stands for each of them.

    `names` has, by name, the unions among them: a union has no class that could tell. Raises TypeError for what is no
    wire type.
    """
    collector = _Collector(names)
    types = {each: collector.type_of(wire_of(each)) for each in shown}
    found = tuple(
        collector.body(body) for body in bodies if collector.knows(body.struct) and collector.knows(body.inside)
    )
    return collector.layout(found), types


class _Collector:
    """Walks wire types and keeps what it has met by name."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        unions = {name: wire_of(each) for name, each in names.items() if not isinstance(each, type)}
        self._aliases = [(name, wire) for name, wire in unions.items() if isinstance(wire, TaggedWire)]
        self._names: dict[Any, str] = {}
        self._structs: dict[str, tuple[FieldLayout, ...]] = {}
        self._enums: dict[str, EnumLayout] = {}
        self._unions: dict[str, UnionLayout] = {}
        self._met_unions: list[tuple[TaggedWire, str]] = []

    def layout(self, bodies: tuple[BodyLayout, ...]) -> WireLayout:
        """All that has been met, sorted by name."""
        structs, enums, unions = (
            dict(sorted(self._structs.items())),
            dict(sorted(self._enums.items())),
            dict(sorted(self._unions.items())),
        )
        return WireLayout(structs, enums, unions, bodies)

    def knows(self, struct: type | None) -> bool:
        """Whether a struct has been met; nothing is always known."""
        return struct is None or struct in self._names

    def body(self, body: Body) -> BodyLayout:
        """By name; what is in it is met now."""
        inside = "" if body.inside is None else self._names[body.inside]
        types = {int(number): self.type_of(wire_of(each)) for number, each in body.types.items()}
        return BodyLayout(self._names[body.struct], body.field, dict(sorted(types.items())), body.number, inside)

    def type_of(self, wire: Wire) -> Type:
        """The type of a wire value."""
        match wire:
            case UIntWire(size):
                return UIntType(size)
            case OpaqueWire(text):
                return OpaqueType(text)
            case FixedWire(size):
                return FixedType(size)
            case BoundedWire(least, most):
                return BoundedType(least, most)
            case VectorWire(item):
                return VectorType(self.type_of(item))
            case SizedWire(inner):
                return SizedType(self.type_of(inner))
            case OptionalWire(inner):
                return OptionalType(self.type_of(inner))
            case EnumWire():
                return NamedType(self._enum(wire))
            case TaggedWire():
                return NamedType(self._union(wire))
            case StructWire():
                return NamedType(self._struct(wire))
        raise TypeError(f"{wire!r} is no wire value")

    def _struct(self, wire: StructWire) -> str:
        if wire.cls not in self._names:
            name = self._names[wire.cls] = self._free(wire.cls.__name__)
            self._structs[name] = ()
            self._structs[name] = tuple(
                FieldLayout(field, self.type_of(inner), None if when is None else self._condition(when))
                for field, (inner, when) in wire.fields.items()
            )
        return self._names[wire.cls]

    def _enum(self, wire: EnumWire) -> str:
        if wire.enum not in self._names:
            name = self._names[wire.enum] = self._free(wire.enum.__name__)
            self._enums[name] = EnumLayout(wire.number.size, {each.name: int(each) for each in wire.enum})
        return self._names[wire.enum]

    def _union(self, wire: TaggedWire) -> str:
        for met, name in self._met_unions:
            if _same(met, wire):
                return name
        alias = next((name for name, each in self._aliases if _same(each, wire)), f"{wire.tag.enum.__name__}Body")
        name = self._free(alias)
        self._met_unions.append((wire, name))
        tag = self._enum(wire.tag)
        self._unions[name] = UnionLayout(tag, {})
        cases = {wire.tag.enum(number).name: self.type_of(case) for number, case in wire.cases.items()}
        named = {case: each.name for case, each in cases.items() if isinstance(each, NamedType)}
        self._unions[name] = UnionLayout(tag, named)
        return name

    def _condition(self, when: When) -> Condition:
        return Condition(when.path, tuple(self._case(case) for case in when.cases))

    def _case(self, case: Any) -> str | int:
        if isinstance(case, type):
            named = self.type_of(wire_of(case))
            return named.name if isinstance(named, NamedType) else case.__name__
        return str(case.name) if hasattr(case, "name") else int(case)

    def _free(self, name: str) -> str:
        """The name, or with a number behind it where something else has it already."""
        taken = self._structs.keys() | self._enums.keys() | self._unions.keys()
        return next(each for each in (name, *(f"{name}_{n}" for n in range(2, len(taken) + 3))) if each not in taken)


def _same(one: TaggedWire, other: TaggedWire) -> bool:
    """Whether two unions have the same cases, without a look into these."""
    if one.tag.enum is not other.tag.enum or one.cases.keys() != other.cases.keys():
        return False
    return all(_key(case) == _key(other.cases[number]) for number, case in one.cases.items())


def _key(case: Wire) -> Any:
    return (
        case.cls
        if isinstance(case, StructWire)
        else sorted(map(repr, case.classes()))
        if isinstance(case, TaggedWire)
        else case
    )
