"""From a declaration to its codec: `@struct` for classes, `codec()` for everything that has no class of its own."""

from types import NoneType, UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, cast, dataclass_transform, get_args, get_origin

from simulator.codec.bounded import BoundedWire
from simulator.codec.errors import DecodeError
from simulator.codec.repeated import RepeatedWire
from simulator.codec.sized import SizedWire
from simulator.codec.types import Bounded, Enum8, Enum16, Fixed, Opaque, Repeated, Sized, Tagged, Text, UInt, When
from simulator.codec.wire import (
    MOST_VALUES,
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

T = TypeVar("T")

_WIRE = "__wire__"


@dataclass_transform(frozen_default=True)
def struct(cls: type[T]) -> type[T]:
    """Make a class with annotated fields a wire struct: a slots dataclass, equal and hashed by value.

    To type checkers it is frozen. At run time it is not, because a frozen `__init__` costs three times as much: nobody
    assigns to a field all the same. Raises TypeError for an annotation that is no wire type.
    """
    made = dataclass(slots=True, unsafe_hash=True)(cls)
    fields = {name: _field(annotation) for name, annotation in made.__annotations__.items()}
    setattr(made, _WIRE, StructWire(made, fields))
    return made


class Codec(Generic[T]):
    """Encodes and decodes one wire type."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def encode(self, value: T) -> bytes:
        """The encoding. Raises ValueError or TypeError for a value that the type can't hold: our own bug."""
        out = bytearray()
        self.wire.encode(value, out)
        return bytes(out)

    def decode(self, data: bytes, most: int = MOST_VALUES) -> T:
        """The value that all of `data` encodes. Raises DecodeError, also for trailing bytes, and TooManyValues where it
        has more than `most` structs and items of vectors, each with all that is in it counted.
        """
        value, end = self.wire.decode(data, 0, len(data), [most])
        if end != len(data):
            raise DecodeError(end, f"{len(data) - end} trailing bytes")
        return cast("T", value)

    def decode_prefix(self, data: bytes, offset: int = 0, most: int = MOST_VALUES) -> tuple[T, int]:
        """The value at `offset`, of at most `most` values, and the offset behind it. Raises DecodeError, and
        TooManyValues.
        """
        return cast("tuple[T, int]", self.wire.decode(data, offset, len(data), [most]))


_codecs: dict[Any, Codec[Any]] = {}


def codec(annotation: Any) -> Codec[Any]:
    """The codec of a wire type: a struct, a tagged union, a vector, an optional. Raises TypeError for anything else."""
    found = _codecs.get(annotation)
    if found is None:
        found = _codecs[annotation] = Codec(wire_of(annotation))
    return found


def encode(value: Any) -> bytes:
    """The encoding of a struct. Raises ValueError or TypeError for fields that the struct can't hold: our own bug."""
    out = bytearray()
    getattr(value, _WIRE).encode(value, out)
    return bytes(out)


def decode(cls: type[T], data: bytes, most: int = MOST_VALUES) -> T:
    """The struct that all of `data` encodes. Raises DecodeError, also for trailing bytes, and TooManyValues (see
    `Codec.decode`).
    """
    return cast("T", codec(cls).decode(data, most))


def decode_prefix(cls: type[T], data: bytes, offset: int = 0, most: int = MOST_VALUES) -> tuple[T, int]:
    """The struct at `offset` and the offset behind it. Raises DecodeError (see `Codec.decode_prefix`)."""
    return codec(cls).decode_prefix(data, offset, most)


def wire_of(annotation: Any) -> Wire:
    """The wire value that an annotation declares. Raises TypeError for an annotation that is no wire type."""
    if isinstance(annotation, type):
        if issubclass(annotation, (Enum8, Enum16)):
            return EnumWire(annotation)
        if _WIRE in annotation.__dict__:
            return cast("Wire", getattr(annotation, _WIRE))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(arguments)
    if origin is tuple and arguments[1:] == (...,):
        return VectorWire(wire_of(arguments[0]))
    if origin in (Union, UnionType):
        inner = [argument for argument in arguments if argument is not NoneType]
        if len(inner) == 1 and len(arguments) == 2:
            return OptionalWire(wire_of(inner[0]))
    raise TypeError(f"{annotation!r} declares no wire type")


def _annotated(arguments: tuple[Any, ...]) -> Wire:
    base, marker = arguments[0], arguments[-1]
    match marker:
        case UInt(size):
            return UIntWire(size)
        case Opaque():
            return OpaqueWire()
        case Text():
            return OpaqueWire(text=True)
        case Fixed(size):
            return FixedWire(size)
        case Bounded(least, most):
            return BoundedWire(least, most)
        case Sized():
            return SizedWire(wire_of(base))
        case Repeated():
            return RepeatedWire(cast("VectorWire", wire_of(base)).item)
        case Tagged():
            wire = TaggedWire(EnumWire(marker.tag), {int(k): wire_of(v) for k, v in marker.cases.items()})
            wire.classes()
            return wire
        case _:
            raise TypeError(f"{marker!r} on {base!r} declares no wire type")


def _field(annotation: Any) -> tuple[Wire, When | None]:
    """A field's wire value and, where it has one, its condition (which takes the place of `optional`)."""
    if get_origin(annotation) is Annotated and isinstance(get_args(annotation)[-1], When):
        *base, when = get_args(annotation)  # nested `Annotated`s come flattened
        wire = wire_of(Annotated[tuple(base)] if len(base) > 1 else base[0])
        if not isinstance(wire, OptionalWire):
            raise TypeError(f"{base[0]!r} may be absent: declare it `T | None`")
        return wire.inner, when
    return wire_of(annotation), None
