"""Which types can have others in them, directly or through what they hold."""

from collections.abc import Iterable, Iterator

from simulator.codec.layout import NamedType, OptionalType, Type, VectorType, WireLayout


def reaching(wire: WireLayout, wanted: Iterable[str]) -> frozenset[str]:
    """The structs, enums and unions that are one of those wanted, or can have one in them, also in an opaque field."""
    holders: dict[str, set[str]] = {}
    for holder, held in _holdings(wire):
        holders.setdefault(held, set()).add(holder)
    found = set(wanted)
    fresh = list(found)
    while fresh:
        more = holders.get(fresh.pop(), set()) - found
        found |= more
        fresh += more
    return frozenset(found)


def _holdings(wire: WireLayout) -> Iterator[tuple[str, str]]:
    """Who has whom in it."""
    for struct, fields in wire.structs.items():
        yield from ((struct, name) for each in fields for name in _names(each.type))
    for union, cases in wire.unions.items():
        yield from ((union, name) for name in (cases.tag, *cases.cases.values()))
    for body in wire.bodies:
        yield from ((body.struct, name) for type_ in body.types.values() for name in _names(type_))


def _names(type_: Type) -> tuple[str, ...]:
    match type_:
        case NamedType(name):
            return (name,)
        case VectorType(item):
            return _names(item)
        case OptionalType(inner):
            return _names(inner)
    return ()
