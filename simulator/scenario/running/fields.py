"""Fields of wire structs by dotted path, and structs from what a scenario file says: whatever the draft.

A path leads through structs, vectors (`recipients.0`), optionals and the arms of a select, which need not be named:
`body.group_update.commit.body.content.epoch`.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulator.codec import codec, encode
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
from simulator.errors import SimulatorError, hint

_PATH = re.compile(r"[A-Za-z_]\w*|\d+")
Change = Callable[[Wire, Any], Any]


def with_field(struct: Any, path: str, value: Any) -> Any:
    """A copy of `struct` with another value at `path` (`recipient`, `recipients.0.client_id`).

    Text for a byte string is its UTF-8, or hex after `hex:`; a mapping makes a struct, a list a vector, nothing an
    absent optional. Raises SimulatorError where path or value does not fit.
    """
    return _changed(struct, path, lambda wire, _: _value(wire, value, path), repr(value))


def with_item(struct: Any, path: str, value: Any) -> Any:
    """A copy with one more item in a vector: at the place where `path` ends (`recipients.1`). Raises SimulatorError."""
    vector, place = _place(path)

    def insert(wire: Wire, items: Any) -> Any:
        inner = _vector(wire, items, place, len(items) + 1 if isinstance(items, tuple) else 0, path)
        return (*items[:place], _value(inner, value, path), *items[place:])

    return _changed(struct, vector, insert)


def without_item(struct: Any, path: str) -> Any:
    """A copy without an item of a vector (`recipients.1`). Raises SimulatorError."""
    vector, place = _place(path)

    def delete(wire: Wire, items: Any) -> Any:
        _vector(wire, items, place, len(items) if isinstance(items, tuple) else 0, path)
        return (*items[:place], *items[place + 1 :])

    return _changed(struct, vector, delete)


def with_item_repeated(struct: Any, path: str, times: int) -> Any:
    """A copy in which an item of a vector (`recipients.1`) comes so many times in a row. Raises SimulatorError."""
    vector, place = _place(path)

    def repeat(wire: Wire, items: Any) -> Any:
        _vector(wire, items, place, len(items) if isinstance(items, tuple) else 0, path)
        return (*items[:place], *(items[place],) * times, *items[place + 1 :])

    return _changed(struct, vector, repeat)


def with_bit_flipped(struct: Any, path: str) -> Any:
    """A copy with another last bit in a byte string (`auth.signature`). Raises SimulatorError."""

    def flip(_: Wire, old: Any) -> Any:
        if not isinstance(old, bytes) or not old:
            raise SimulatorError(f"{path}: there are no bytes here in which a bit could be flipped")
        return old[:-1] + bytes([old[-1] ^ 1])

    return _changed(struct, path, flip)


def check_path(kind: type, path: str) -> None:
    """Whether a path can lead somewhere in the struct `kind`, whichever arms and optionals one of it has.

    Raises SimulatorError where it can't.
    """
    _lead(codec(kind).wire, _PATH.findall(path), path)


def _lead(wire: Wire, segments: list[str], path: str) -> None:
    if not segments:
        return None
    problems = []
    for each in _possible(wire):
        try:
            return _lead_into(each, segments, path)
        except SimulatorError as error:
            problems.append(error)
    raise min(problems, key=lambda error: "did you mean" not in str(error))


def _lead_into(wire: Wire, segments: list[str], path: str) -> None:
    head, *rest = segments
    if isinstance(wire, VectorWire) and head.isdigit():
        return _lead(wire.item, rest, path)
    if not isinstance(wire, StructWire):
        raise SimulatorError(f'{path}: nothing has fields where "{head}" should be')
    if head in wire.fields:
        return _lead(wire.fields[head][0], rest, path)
    if head in _enveloped(wire):
        return _lead(wire.fields[_envelope(wire)][0], segments, path)
    raise SimulatorError(f"{path}: {_no_field(wire, head)}")


def _possible(wire: Wire) -> tuple[Wire, ...]:
    """What may be there: what an optional or a length holds, each arm of a select."""
    if isinstance(wire, OptionalWire | SizedWire):
        return _possible(wire.inner)
    if isinstance(wire, TaggedWire):
        return tuple(inner for case in wire.cases.values() for inner in _possible(case))
    return (wire,)


def built(kind: type, value: Any) -> Any:
    """The struct `kind` from a mapping of its fields. Raises SimulatorError for what does not fit."""
    made = _value(codec(kind).wire, value, kind.__name__)
    _check(made, kind.__name__, repr(value))
    return made


def as_bytes(text: str) -> bytes:
    """The UTF-8 of a text, or the bytes in hex after `hex:`. Raises SimulatorError for what is no hex."""
    return hex_bytes(text.removeprefix("hex:")) if text.startswith("hex:") else text.encode()


def hex_bytes(text: str) -> bytes:
    """Bytes from hex digits, spaces allowed between them. Raises SimulatorError for anything else."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise SimulatorError(f'"{text}" is no hex: pairs of digits 0-9 and a-f') from None


def _changed(struct: Any, path: str, change: Change, shown: str = "the outcome") -> Any:
    segments = _PATH.findall(path)
    if not segments:
        raise SimulatorError(f'"{path}" is no path of a field')
    changed = _with(codec(type(struct)).wire, struct, segments, change, path)
    _check(changed, path, shown)
    return changed


def _check(struct: Any, path: str, shown: str) -> None:
    try:
        encode(struct)
    except (OverflowError, ValueError):  # a number too large for its field, bytes of another length, half a character
        raise SimulatorError(f"{path}: {shown} has no place on the wire") from None


def _place(path: str) -> tuple[str, int]:
    vector, _, place = path.rpartition(".")
    if not vector or not place.isdigit():
        raise SimulatorError(f'"{path}" is no path of an item: it ends with the number of its place, from 0')
    return vector, int(place)


def _vector(wire: Wire, items: Any, place: int, limit: int, path: str) -> Wire:
    wire = wire if items is None else _present(wire, items, path)
    if not isinstance(wire, VectorWire):
        raise SimulatorError(f"{path}: this is not in a vector")
    if place >= limit:
        raise SimulatorError(f"{path}: {_number(items)} here, and no place {place}")
    return wire.item


def _with(wire: Wire, value: Any, segments: list[str], change: Change, path: str) -> Any:
    if not segments:
        return change(wire, value)
    wire = _present(wire, value, path)
    head, *rest = segments
    if isinstance(wire, VectorWire):
        if not head.isdigit() or int(head) >= len(value):
            raise SimulatorError(f"{path}: {_number(value)} here, and no [{head}]")
        place = int(head)
        return (*value[:place], _with(wire.item, value[place], rest, change, path), *value[place + 1 :])
    if not isinstance(wire, StructWire):
        raise SimulatorError(f'{path}: nothing has fields where "{head}" should be')
    if head not in wire.fields and head in _enveloped(wire):
        head, rest = _envelope(wire), segments
    if head not in wire.fields:
        raise SimulatorError(f"{path}: {_no_field(wire, head)}")
    return replace(value, **{head: _with(_field(wire, head), getattr(value, head), rest, change, path)})


def _number(items: Any) -> str:
    return f"there {'is' if len(items) == 1 else 'are'} {len(items)} item{'' if len(items) == 1 else 's'}"


def _no_field(wire: StructWire, name: str) -> str:
    known = [field for field in (*_enveloped(wire), *wire.fields) if field != _envelope(wire)]
    return f'{wire.cls.__name__} has no field "{name}"{hint(name, known) or "; known: " + ", ".join(known)}'


def _envelope(wire: StructWire) -> str:
    """The field that holds what a struct is about, where a draft has that in a struct of its own: the part under a
    signature, or what an envelope brings. A path need not say it. Empty where there is none.
    """
    return str(getattr(wire.cls, "ENVELOPE", ""))


def _enveloped(wire: StructWire) -> tuple[str, ...]:
    """The fields that need not be named by way of the envelope, nor of one in that."""
    envelope = wire.fields.get(_envelope(wire), (None, None))[0]
    envelope = envelope.inner if isinstance(envelope, SizedWire) else envelope
    return (*_enveloped(envelope), *envelope.fields) if isinstance(envelope, StructWire) else ()


def _field(wire: StructWire, name: str) -> Wire:
    inner, when = wire.fields[name]
    return inner if when is None else OptionalWire(inner)


def _present(wire: Wire, value: Any, path: str) -> Wire:
    """What is really there: what an optional or a length holds, the arm of a select."""
    while isinstance(wire, OptionalWire | SizedWire | TaggedWire):
        if value is None:
            raise SimulatorError(f"{path}: there is nothing where this leads through")
        wire = wire.inner if isinstance(wire, OptionalWire | SizedWire) else wire.cases[wire.classes()[type(value)]]
    return wire


def _value(wire: Wire, value: Any, path: str) -> Any:
    """`value` from a scenario file as what `wire` carries."""
    match wire, value:
        case OptionalWire(), None:
            return None
        case ((OptionalWire(inner=inner) | SizedWire(inner=inner)), _):
            return _value(inner, value, path)
        case EnumWire(enum=enum), str() if value in enum.__members__:
            return enum[value]
        case EnumWire(enum=enum), int() if value in list(enum):
            return enum(value)
        case UIntWire(), int() if not isinstance(value, bool):
            return value
        case OpaqueWire(text=True), str():
            return value
        case ((OpaqueWire() | FixedWire() | BoundedWire()), str()):
            return as_bytes(value)
        case VectorWire(item=item), tuple():
            return tuple(_value(item, each, f"{path}.{place}") for place, each in enumerate(value))
        case StructWire(), dict():
            return _struct(wire, value, path)
        case TaggedWire(), dict() | str():
            return _arm(wire, value, path)
    raise SimulatorError(f"{path}: {value!r} does not fit, expected {_words(wire)}")


def _struct(wire: StructWire, given: dict[str, Any], path: str) -> Any:
    given = _in_envelope(wire, given)
    for name in given:
        if name not in wire.fields:
            raise SimulatorError(f"{path}: {_no_field(wire, name)}")
    missing = [name for name, (_, when) in wire.fields.items() if when is None and name not in given]
    if missing:
        raise SimulatorError(f"{path}: {wire.cls.__name__} needs {' and '.join(missing)}")
    fields = {name: _value(_field(wire, name), given.get(name), f"{path}.{name}") for name in wire.fields}
    return wire.cls(**fields)


def _in_envelope(wire: StructWire, given: dict[str, Any]) -> dict[str, Any]:
    """A mapping that does not say the envelope, with it."""
    enveloped = _enveloped(wire)
    envelope = _envelope(wire)
    if not enveloped or envelope in given:
        return given
    inside = {name: value for name, value in given.items() if name in enveloped}
    return {envelope: inside} | {name: value for name, value in given.items() if name not in inside}


def _arm(wire: TaggedWire, given: dict[str, Any] | str, path: str) -> Any:
    """A select's arm from `{name: its fields}`, or its name alone where it has none."""
    arms = {wire.tag.enum(number).name: case for number, case in wire.cases.items()}
    name, fields = (given, {}) if isinstance(given, str) else next(iter(given.items()), ("", {}))
    if name not in arms or (isinstance(given, dict) and len(given) > 1):
        raise SimulatorError(f"{path}: {given!r} does not fit, expected one of {', '.join(arms)} with its fields")
    return _value(arms[name], fields if fields is not None else {}, f"{path}.{name}")


def _words(wire: Wire) -> str:
    """What is expected, for people."""
    match wire:
        case UIntWire():
            return "a whole number"
        case EnumWire(enum=enum):
            return f"one of {', '.join(enum.__members__)}"
        case OpaqueWire() | FixedWire() | BoundedWire():
            return "text, or bytes as hex:00ff"
        case VectorWire():
            return "a list"
        case OptionalWire(inner=inner):
            return f"{_words(inner)}, or nothing"
        case SizedWire(inner=inner):
            return _words(inner)
        case StructWire(cls=cls):
            return f"the fields of {cls.__name__}"
    return "one arm with its fields"
