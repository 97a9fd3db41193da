"""What a layout may be that came in a file: complete, without recursion, and soon decoded by."""

from collections.abc import Iterator

from simulator.codec.bounded import length_size
from simulator.codec.layout.errors import LayoutError
from simulator.codec.layout.model import (
    BoundedType,
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

MOST_TYPES = 1000
"""Structs, enums and unions together."""
MOST_FIELDS = 256
"""Of one struct."""
MOST_NESTED = 48
"""How deep structs and unions may be in each other."""
MOST_PARTS = 4096
"""How many fields a value may have whose vectors have no items, all that is in it counted."""


def checked(layout: WireLayout) -> WireLayout:
    """The same layout, if one can decode by it. Raises LayoutError for a name that is unknown or there twice, for
    recursion, and for what is beyond the bounds.
    """
    names = [*layout.structs, *layout.enums, *layout.unions]
    if len(names) > MOST_TYPES:
        raise LayoutError("", f"more than {MOST_TYPES} structs, enums and unions")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise LayoutError("", f"more than one type is called {twice[0]}")
    measure = _Measure(layout)
    for name in names:
        measure.named(name, name, 0)
    for body in layout.bodies:
        place = f"bodies.{body.struct}.{body.field}"
        for struct in (body.struct, *([body.inside] if body.inside else [])):
            if struct not in layout.structs:
                raise LayoutError(place, f"there is no struct {struct}")
        for type_ in body.types.values():
            measure.size(type_, place, 0)
    return layout


class _Measure:
    """Fewest bytes and most parts of types, each measured once."""

    def __init__(self, layout: WireLayout) -> None:
        self._layout = layout
        self._known: dict[str, tuple[int, int, int]] = {}
        """By name: fewest bytes, parts, and how deep."""
        self._open: set[str] = set()

    def size(self, type_: Type, place: str, depth: int) -> tuple[int, int, int]:
        """Fewest bytes and most parts of a value, and how many structs and unions are in each other there. Raises
        LayoutError.
        """
        match type_:
            case UIntType(size) | FixedType(size):
                return size, 1, 0
            case BoundedType(least, most):
                return length_size(most) + least, 1, 0
            case OpaqueType():
                return 1, 1, 0
            case OptionalType(inner):
                _, parts, deep = self.size(inner, place, depth)
                return 1, parts, deep
            case SizedType(inner):
                least, parts, deep = self.size(inner, place, depth)
                return 1 + least, parts, deep
            case VectorType(item):
                least, _, deep = self.size(item, place, depth)
                if least == 0:
                    raise LayoutError(place, "the items of a vector may not be without a byte")
                return 1, 1, deep
            case NamedType(name):
                return self.named(name, place, depth)

    def named(self, name: str, place: str, depth: int) -> tuple[int, int, int]:
        """The same for what has a name."""
        if name in self._known:
            return self._known[name]
        if name in self._open:
            raise LayoutError(place, f"{name} is a part of itself")
        if depth > MOST_NESTED:
            raise LayoutError(place, f"more than {MOST_NESTED} structs in each other")
        self._open.add(name)
        found = self._measured(name, place, depth + 1)
        self._open.remove(name)
        if found[1] > MOST_PARTS:
            raise LayoutError(place, f"{name} has more than {MOST_PARTS:,} fields, with all that is in it")
        if found[2] > MOST_NESTED:
            raise LayoutError(place, f"more than {MOST_NESTED} structs in each other")
        self._known[name] = found
        return found

    def _measured(self, name: str, place: str, depth: int) -> tuple[int, int, int]:
        layout = self._layout
        if name in layout.structs:
            return self._struct(name, layout.structs[name], depth)
        if name in layout.enums:
            return self._enum(name, layout.enums[name])
        if name in layout.unions:
            return self._union(name, layout.unions[name], depth)
        raise LayoutError(place, f"there is no type {name}")

    def _struct(self, name: str, fields: tuple[FieldLayout, ...], depth: int) -> tuple[int, int, int]:
        if len(fields) > MOST_FIELDS:
            raise LayoutError(f"structs.{name}", f"more than {MOST_FIELDS} fields")
        least, parts, deep, before = 0, 1, 0, set[str]()
        for field in fields:
            place = f"structs.{name}.{field.name}"
            if field.name in before:
                raise LayoutError(place, "there is a field of this name already")
            if field.when is not None and field.when.path.partition(".")[0] not in before:
                raise LayoutError(place, f"depends on {field.when.path}, which is no earlier field")
            before.add(field.name)
            fewest, more, inner = self.size(field.type, place, depth)
            least, parts, deep = least + (fewest if field.when is None else 0), parts + more, max(deep, inner)
        return least, parts, deep + 1

    def _enum(self, name: str, enum: EnumLayout) -> tuple[int, int, int]:
        if enum.size not in (1, 2):
            raise LayoutError(f"enums.{name}", f"an enum has 1 or 2 bytes, not {enum.size}")
        for value, number in enum.values.items():
            if not 0 <= number < 1 << 8 * enum.size:
                raise LayoutError(f"enums.{name}.{value}", f"{number} does not fit into {enum.size} bytes")
        if len(set(enum.values.values())) != len(enum.values):
            raise LayoutError(f"enums.{name}", "two names for one number")
        return enum.size, 1, 0

    def _union(self, name: str, union: UnionLayout, depth: int) -> tuple[int, int, int]:
        place = f"unions.{name}"
        if union.tag not in self._layout.enums:
            raise LayoutError(place, f"there is no enum {union.tag}")
        tag = self._layout.enums[union.tag]
        for case in union.cases:
            if case not in tag.values:
                raise LayoutError(f"{place}.{case}", f"{union.tag} has no such value")
        found = list(self._cases(union, place, depth))
        least, parts, deep = (
            (pick(each) for pick, each in zip((min, max, max), zip(*found, strict=True), strict=True))
            if found
            else (0, 0, 0)
        )
        return tag.size + least, 1 + parts, deep + 1

    def _cases(self, union: UnionLayout, place: str, depth: int) -> Iterator[tuple[int, int, int]]:
        for case, held in union.cases.items():
            if held in self._layout.enums:
                raise LayoutError(f"{place}.{case}", f"{held} is an enum, and a case is a struct or a union")
            yield self.named(held, f"{place}.{case}", depth)
