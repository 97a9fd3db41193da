"""Wire values as trees: every field of every struct is a spot with a path, also inside encoded extension bodies."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.codec import DecodeError, When, codec
from simulator.codec.bounded import BoundedWire
from simulator.codec.sized import SizedWire
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
from simulator.mls.extensions.extension import (
    Extension,
    ExtensionType,
    ExternalPub,
    ExternalSenders,
    RequiredCapabilities,
)
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.mutation.randomness import Random

BODIES: Mapping[int, Any] = {
    ExtensionType.ratchet_tree: RatchetTreeNodes,
    ExtensionType.required_capabilities: RequiredCapabilities,
    ExtensionType.external_pub: ExternalPub,
    ExtensionType.external_senders: ExternalSenders,
}
"""What is encoded in the body of an extension of MLS's own."""


@dataclass(frozen=True, slots=True)
class Inside:
    """The step from an encoding to the value that it encodes."""

    annotation: Any

    def __str__(self) -> str:
        return "()"


Path = tuple[str | int | Inside, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A value inside a value; `key` is equal for spots whose values may take each other's place."""

    path: Path
    wire: Wire
    value: Any
    key: tuple[Any, ...]


def spots(
    wire: Wire, value: Any, bodies: Mapping[int, Any], path: Path = (), key: tuple[Any, ...] = ()
) -> Iterator[Spot]:
    """Every part of a value, itself first; `bodies` are the structs in extensions, by type."""
    yield Spot(path, wire, value, key)
    match wire:
        case StructWire():
            for name, (inner, _) in wire.fields.items():
                part = getattr(value, name)
                if part is not None or isinstance(inner, OptionalWire):
                    yield from spots(inner, part, bodies, (*path, name), (wire.cls, name))
            if isinstance(value, Extension):
                yield from _body(value, bodies, (*path, "extension_data"))
        case TaggedWire():
            yield from spots(variant(wire, value), value, bodies, path, (type(value),))
        case OptionalWire() if value is not None:
            yield from spots(wire.inner, value, bodies, path, (*key, "present"))
        case SizedWire():
            yield from spots(wire.inner, value, bodies, path, key)
        case VectorWire():
            for index, item in enumerate(value):
                yield from spots(wire.item, item, bodies, (*path, index), (*key, "item"))
        case _:
            pass


def _body(extension: Extension, bodies: Mapping[int, Any], path: Path) -> Iterator[Spot]:
    annotation = bodies.get(extension.extension_type)
    if annotation is None:
        return
    try:
        value = codec(annotation).decode(extension.extension_data)
    except DecodeError:
        return
    key = ("body", extension.extension_type)
    yield from spots(codec(annotation).wire, value, bodies, (*path, Inside(annotation)), key)


def variant(wire: TaggedWire, value: Any) -> Wire:
    """The case of a union that a value is an instance of."""
    return wire.cases[wire.classes()[type(value)]]


def put(value: Any, path: Path, new: Any) -> Any:
    """The value with another part at a path. Raises LookupError, TypeError or AttributeError if it has no such part."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(step, Inside):
        inner = codec(step.annotation)
        return inner.encode(put(inner.decode(value), rest, new))
    if isinstance(step, int):
        return (*value[:step], put(value[step], rest, new), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), rest, new)})


def show(path: Path) -> str:
    """A path as one would write it in Python, without the numbers of items: a kind of place rather than a place."""
    return "".join(
        "[]" if isinstance(step, int) else str(step) if isinstance(step, Inside) else f".{step}" for step in path
    )


def repaired(wire: Wire, value: Any, pool: "Pool", rng: Random) -> Any:
    """The value with every `When` field there exactly when it should be: only then it can be encoded at all."""
    while (broken := next(_broken(wire, value, pool.bodies), None)) is not None:
        path, inner, key, wanted = broken
        value = put(value, path, pool.make(inner, key, rng) if wanted else None)  # with it parts come or go
    return value


def _broken(wire: Wire, value: Any, bodies: Mapping[int, Any]) -> Iterator[tuple[Path, Wire, tuple[Any, ...], bool]]:
    """The `When` fields that are there, or not, although they should not, or should."""
    for spot in spots(wire, value, bodies):
        if isinstance(spot.wire, StructWire):
            for name, (inner, when) in spot.wire.fields.items():
                if when is not None and (wanted := _wanted(spot.value, when)) != (
                    getattr(spot.value, name) is not None
                ):
                    yield (*spot.path, name), inner, (spot.wire.cls, name), wanted


def _wanted(part: Any, when: When) -> bool:
    for name in when.path.split("."):
        part = getattr(part, name, None)  # no case of a union need have it
    return any(isinstance(part, case) if isinstance(case, type) else part == case for case in when.cases)


class Pool:
    """Values seen in valid messages, by where they stood: what a spot may hold instead."""

    def __init__(self, seen: Sequence[tuple[Wire, Any]] = (), bodies: Mapping[int, Any] | None = None) -> None:
        """`bodies` are the structs in a draft's own extensions, by type."""
        self.bodies: Mapping[int, Any] = {**BODIES, **(bodies or {})}
        self._seen: defaultdict[tuple[Any, ...], dict[Any, None]] = defaultdict(dict)
        for wire, value in seen:
            self.learn(wire, value)

    def learn(self, wire: Wire, value: Any) -> None:
        """Remember a value with all its parts."""
        for spot in spots(wire, value, self.bodies):
            self._seen[self._kind(spot.wire, spot.key)][spot.value] = None

    def like(self, wire: Wire, key: tuple[Any, ...]) -> tuple[Any, ...]:
        """What was seen in such a spot."""
        return tuple(self._seen.get(self._kind(wire, key), ()))

    def make(self, wire: Wire, key: tuple[Any, ...], rng: Random) -> Any:
        """A value for a spot: one that was seen there, or one made up."""
        seen = self.like(wire, key)
        return rng.choice(seen) if seen and rng.random() < 0.8 else self._made_up(wire, rng)

    def _made_up(self, wire: Wire, rng: Random) -> Any:
        match wire:
            case UIntWire(size):
                return rng.randrange(1 << 8 * size)
            case EnumWire(enum):
                return rng.choice(list(enum))
            case OpaqueWire(text=True):
                return "".join(rng.choices("aé/:.\x00", k=rng.randrange(4)))
            case OpaqueWire():
                return rng.randbytes(rng.choice((0, 1, 16, 32)))
            case FixedWire(size):
                return rng.randbytes(size)
            case BoundedWire(least, most):
                return rng.randbytes(rng.choice((least, min(most, least + 16))))
            case VectorWire(item):
                return tuple(self.make(item, (), rng) for _ in range(rng.randrange(3)))
            case SizedWire(inner):
                return self.make(inner, (), rng)
            case OptionalWire(inner):
                return None if rng.random() < 0.5 else self.make(inner, (), rng)
            case TaggedWire():
                return self.make(rng.choice(list(wire.cases.values())), (), rng)
            case StructWire():
                parts = {
                    name: None if when else self.make(inner, (wire.cls, name), rng)
                    for name, (inner, when) in wire.fields.items()
                }
                return wire.cls(**parts)
        raise TypeError(wire)

    @staticmethod
    def _kind(wire: Wire, key: tuple[Any, ...]) -> tuple[Any, ...]:
        return (wire.cls,) if isinstance(wire, StructWire) else (type(wire), *key)
