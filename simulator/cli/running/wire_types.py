"""What bytes can be decoded as, by name: the structs of drafts and of MLS, or those of a trace's layout."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from simulator.codec import DecodeError, Span, declared_in, spans_until_error
from simulator.codec.layout import FixedType, LayoutDecoder, NamedType, UIntType
from simulator.dataclass import dataclass
from simulator.errors import SimulatorError, hint
from simulator.trace import read_all
from simulator.trace.layout import unpacked

Decoded = tuple[tuple[Span, ...], DecodeError | None]

_TELLING = range(64, 65_536)
"""Fewer bytes than these are an encoding of too many structs to say anything; more take too long to try each."""
_OTHERS = 5


@dataclass(frozen=True)
class WireTypes:
    """Structs by name, and how bytes are decoded as one of them."""

    names: Collection[str]
    decode: Callable[[str, bytes], Decoded]
    """The parts of a struct's value as far as they could be decoded, and what was wrong then, if anything was."""
    of_any_bytes: frozenset[str] = frozenset()
    """Those of which all bytes of some number are a value, so that it says nothing of any that they are one."""

    def find(self, name: str) -> str:
        """The name as it is written, whatever its case. Raises SimulatorError for one that nothing has."""
        by_name = {each.lower(): each for each in self.names}
        if name.lower() in by_name:
            return by_name[name.lower()]
        raise SimulatorError(f'unknown struct "{name}"{hint(name, self.names)}; without a name all are listed')

    def others(self, data: bytes) -> list[str]:
        """Structs that the bytes are an encoding of, if they are long enough to say so and not too long to try."""
        if len(data) not in _TELLING:
            return []
        fitting = (name for name in self.names if name not in self.of_any_bytes and self.decode(name, data)[1] is None)
        return sorted(fitting)[:_OTHERS]


def wire_types(draft: str | None, trace: Path | None) -> WireTypes:
    """Those of a draft or of a trace, else of all drafts. Raises SimulatorError, also where both are asked for."""
    if trace is None:
        return declared(draft)
    if draft is not None:
        raise SimulatorError("--trace says by itself which draft it is: one of --trace and --draft")
    return of_traces(trace)


def declared(draft: str | None = None) -> WireTypes:
    """What the draft declares, or else all drafts, before what others do. Raises SimulatorError for no such draft."""
    from simulator import mls, privacy_pass, services
    from simulator.drafts import registry

    drafts = registry.known() if draft is None else (registry.find(draft),)
    own = {name: struct for each in reversed(drafts) for name, struct in each.structs.items()}
    structs = {
        **own,
        **{
            name: struct
            for package in (privacy_pass, services, mls)
            for name, struct in declared_in(package).items()
            if name not in own
        },
    }
    any_bytes = frozenset(name for name, struct in structs.items() if _takes_anything(struct))
    return WireTypes(structs, lambda name, data: spans_until_error(structs[name], data), any_bytes)


def _takes_anything(annotation: Any) -> bool:
    from simulator.codec.declare import wire_of
    from simulator.codec.wire import FixedWire, StructWire, UIntWire

    match wire_of(annotation):
        case StructWire(fields=fields):
            return all(isinstance(each, UIntWire | FixedWire) and when is None for each, when in fields.values())
    return False


def of_traces(place: Path) -> WireTypes:
    """What the layout of a trace has, or that of the first in a folder. Raises SimulatorError where there is none."""
    found = next((trace.header.layout for trace in read_all(place) if trace.header.layout), None)
    if found is None:
        raise SimulatorError(f"{place}: nobody knew the layout of its bodies when it was recorded")
    wire = unpacked(found).wire
    decoder = LayoutDecoder(wire)
    any_bytes = frozenset(
        name
        for name, fields in wire.structs.items()
        if all(isinstance(each.type, UIntType | FixedType) and each.when is None for each in fields)
    )
    return WireTypes(wire.structs, lambda name, data: decoder.spans_until_error(NamedType(name), data), any_bytes)
