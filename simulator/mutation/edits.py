"""What a case alters, as values: edits of a struct by path, edits of its bytes by offset."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from simulator.codec import Codec, DecodeError, Span, read_varint, write_varint
from simulator.codec.varint import MAX_LENGTH
from simulator.codec.wire import (
    EnumWire,
    FixedWire,
    OpaqueWire,
    OptionalWire,
    TaggedWire,
    UIntWire,
    VectorWire,
    Wire,
)
from simulator.dataclass import dataclass
from simulator.mutation.randomness import Random
from simulator.mutation.values import Path, Pool, Spot, put, repaired, show, spots

SIZES = (0, 1, 31, 33, 63, 64, 255, 256, 16383, 16384)
"""Where lengths change how they are written, and keys cease to be keys."""

LARGE = 500_000
"""Bytes; more than a server takes here. Repetitions of repetitions grow no further."""

NAMES = (
    "",
    "\x00",
    "a.example",
    "b.example",
    "c.example",
    "z.example",
    "A.example",
    "ds.a.example",
    "127.0.0.1",
    "localhost",
    "a.example.",
    "mimi://a.example/u/alice",
    "mimi://b.example/u/bob",
    "mimi://a.example/d/alice/phone",
    "mimi://b.example/d/bob/phone",
    "mimi://b.example/u/nobody",
    "mimi://a.example/g/",
    "mimi://a.example/g/new",
    "mimi://z.example/g/1",
    "mimi:///u/x",
    "é" * 40,
    "x" * 300,
    "🜚\u202e\ufeff",
)


@dataclass(frozen=True, slots=True)
class Edit:
    """Something else in one place of a struct; `what` is a word for it."""

    path: Path
    new: Any
    what: str

    def __str__(self) -> str:
        return f"{self.what} {show(self.path) or '.'}"


def altered(wire: Wire, value: Any, edits: Sequence[Edit], pool: Pool, rng: Random) -> Any:
    """The value after these edits; an edit whose place an earlier one took away does nothing."""
    for edit in edits:
        try:
            value = put(value, edit.path, edit.new)
        except (LookupError, TypeError, AttributeError):
            continue
    return repaired(wire, value, pool, rng)


def some_edits(wire: Wire, value: Any, pool: Pool, rng: Random) -> tuple[Edit, ...]:
    """Mostly one edit, at times a few; high-level spots are as likely as the many low ones."""
    edits: list[Edit] = []
    wanted = rng.choice((1, 1, 1, 1, 2, 3))
    while len(edits) < wanted:
        here = list(spots(wire, value, pool.bodies))
        depth = rng.choice(sorted({len(spot.path) for spot in here} - {0}))
        spot = rng.choice([spot for spot in here if len(spot.path) == depth])
        for new, what in _others(spot, here, pool, rng):
            edits.append(Edit(spot.path, new, what))
            value = put(value, spot.path, new)
            break
    return tuple(edits)


def _others(spot: Spot, here: Sequence[Spot], pool: Pool, rng: Random) -> Iterator[tuple[Any, str]]:
    """Values for a spot that are not the one it has."""
    for _ in range(8):
        new, what = _instead(spot, here, pool, rng)
        if new != spot.value:
            yield new, what


def _instead(spot: Spot, here: Sequence[Spot], pool: Pool, rng: Random) -> tuple[Any, str]:
    if rng.random() < 0.25:
        return pool.make(spot.wire, spot.key, rng), "replaced"
    match spot.wire:
        case UIntWire(size):
            return _number(spot.value, size, rng), "number"
        case EnumWire(enum):
            return rng.choice(list(enum)), "enum"
        case OpaqueWire(text=True):
            return rng.choice((*NAMES, spot.value[:-1], spot.value + "x", spot.value.upper())), "text"
        case OpaqueWire():
            others = [other.value for other in here if isinstance(other.value, bytes)]
            return _octets(spot.value, others, rng)
        case FixedWire():
            return _flipped(spot.value, rng), "flipped"
        case VectorWire():
            return _items(spot, pool, rng)
        case OptionalWire(inner):
            return (None, "absent") if spot.value is not None else (pool.make(inner, spot.key, rng), "present")
        case TaggedWire():
            return pool.make(rng.choice(list(spot.wire.cases.values())), (), rng), "variant"
        case _:
            return pool.make(spot.wire, spot.key, rng), "replaced"


def _number(value: int, size: int, rng: Random) -> int:
    top = (1 << 8 * size) - 1
    choices = (
        0,
        1,
        top,
        top - 1,
        top >> 1,
        (top >> 1) + 1,
        value + 1,
        value - 1,
        value ^ (1 << rng.randrange(8 * size)),
    )
    return rng.choice((*choices, rng.randrange(top + 1))) & top


def _octets(value: bytes, others: Sequence[bytes], rng: Random) -> tuple[bytes, str]:
    match rng.randrange(7):
        case 0:
            return _flipped(value, rng), "flipped"
        case 1:
            return value[: rng.randrange(len(value) + 1)], "cut"
        case 2:
            return value + rng.randbytes(rng.choice((1, 32))), "longer"
        case 3:
            return rng.choice(others), "swapped"
        case 4:
            return rng.randbytes(len(value)), "random"
        case 5:
            return rng.choice((b"\x00", b"\xff")) * len(value), "constant"
        case _:
            return (value * (1 + rng.choice(SIZES)))[: rng.choice(SIZES)], "resized"


def _flipped(value: bytes, rng: Random) -> bytes:
    if not value:
        return b"\x01"
    changed = bytearray(value)
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _items(spot: Spot, pool: Pool, rng: Random) -> tuple[tuple[Any, ...], str]:
    items, new = list(spot.value), pool.make(spot.wire, spot.key, rng)
    if not items:
        return new, "replaced"
    index = rng.randrange(len(items))
    match rng.randrange(6):
        case 0:
            return tuple(items[:index] + items[index + 1 :]), "dropped"
        case 1:
            return tuple(items[: index + 1] + items[index:]), "duplicated"
        case 2:
            rng.shuffle(items)
            return tuple(items), "shuffled"
        case 3:
            return (), "emptied"
        case 4:
            return tuple(items[:index] + list(new) + items[index:]), "inserted"
        case _:
            whole = repaired(spot.wire, spot.value, pool, rng)  # an edit before this one may want other parts
            size = len(Codec(spot.wire).encode(whole))
            return tuple(
                items * rng.choice([times for times in (2, 17, 300) if times * size < LARGE] or [1])
            ), "repeated"


@dataclass(frozen=True, slots=True)
class Cut:
    """Other bytes in the place of `data[start:stop]`."""

    start: int
    stop: int
    new: bytes
    what: str

    def apply(self, data: bytes) -> bytes:
        """The data after it."""
        return data[: self.start] + self.new + data[self.stop :]

    def __str__(self) -> str:
        return f"bytes {self.what}"


def some_cuts(data: bytes, parts: Callable[[], Sequence[Span]], rng: Random) -> tuple[Cut, ...]:
    """Mostly one cut; `parts` tells where fields begin, so that lengths can lie."""
    cuts: list[Cut] = []
    for _ in range(rng.choice((1, 1, 2, 4))):
        cut = _cut(data, parts if not cuts else tuple, rng)
        cuts.append(cut)
        data = cut.apply(data)
    return tuple(cuts)


def _cut(data: bytes, parts: Callable[[], Sequence[Span]], rng: Random) -> Cut:
    size = len(data)
    at = rng.randrange(size + 1)
    match rng.randrange(7):
        case 0:
            flipped = bytes([data[at] ^ (1 << rng.randrange(8))]) if at < size else b"\x00"
            return Cut(at, at + 1, flipped, "flipped")
        case 1:
            return Cut(at, size, b"", "truncated")
        case 2:
            return Cut(at, at, rng.randbytes(rng.choice((1, 2, 8, 64))), "inserted")
        case 3:
            return Cut(at, min(size, at + rng.choice((1, 2, 8, 64))), b"", "removed")
        case 4:
            return Cut(at, at, data[at : at + rng.choice((4, 32, 256))], "repeated")
        case 5:
            return Cut(at, min(size, at + 4), rng.choice((b"\xff" * 4, bytes(4), b"\xbf\xff\xff\xff")), "overwritten")
        case _:
            return _length_lie(data, [span for span in _all(parts()) if span.end > span.start], rng)


def _length_lie(data: bytes, spans: Sequence[Span], rng: Random) -> Cut:
    vectors = [span for span in spans if isinstance(span.value, bytes | str | tuple)]
    if not vectors:
        return Cut(0, 1, b"\xff", "overwritten")
    start = rng.choice(vectors).start
    try:
        length, after = read_varint(data, start, len(data))
    except DecodeError:  # something of a fixed length
        return Cut(start, start + 1, b"\xff", "overwritten")
    lies = (length + 1, max(0, length - 1), 0, 2 * length, len(data), MAX_LENGTH)
    lie = rng.choice((*(write_varint(min(each, MAX_LENGTH)) for each in lies), b"\x40" + bytes([length & 63]), b"\xc0"))
    return Cut(start, after, lie, "with a length that lies")


def _all(parts: Sequence[Span]) -> list[Span]:
    return [inner for part in parts for inner in (part, *_all(part.children))]
