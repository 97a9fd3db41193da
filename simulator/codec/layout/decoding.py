"""Bytes decoded by a layout alone: the same spans, values and errors as the declared classes give.

The values of structs are `Record`s, those of enums `Member`s; everything else is what the classes have: int, bytes,
str, tuple, None.
"""

from collections.abc import Callable
from typing import Any

from simulator.codec.bounded import length_size
from simulator.codec.errors import DecodeError, TooManyValues, too_short
from simulator.codec.layout.model import (
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
from simulator.codec.spans import Budget, Rest, Span, Spans
from simulator.codec.varint import read_length
from simulator.dataclass import dataclass

PER_BYTE, AT_LEAST = 4, 10_000
"""How many values are decoded for each byte, and however few bytes there are: a layout of somebody else could ask for
any number."""


class Member(int):
    """A value of an enum."""

    name: str
    enum: str
    """The enum's name."""

    def __new__(cls, number: int, name: str, enum: str) -> "Member":
        made = super().__new__(cls, number)
        made.name, made.enum = name, enum
        return made


@dataclass(frozen=True, slots=True)
class Record:
    """A value of a struct: its name, and what its fields are."""

    struct: str
    fields: dict[str, Any]


@dataclass(slots=True)
class _Work:
    """One decoding: the bytes, and how many values may still come."""

    data: bytes
    left: int

    def value(self, pos: int) -> None:
        """Count one. Raises TooManyValues."""
        if self.left <= 0:
            raise TooManyValues(pos, "more values than are taken")
        self.left -= 1


_Read = Callable[[_Work, int, int, Spans | None], tuple[Any, int]]
"""The value at an offset, of bytes that end at another, and the offset behind it; spans where they are wanted."""


class LayoutDecoder:
    """Decodes by a layout, which has to be `checked` where it is somebody else's."""

    def __init__(self, layout: WireLayout) -> None:
        self._layout = layout
        self._members = {
            name: {number: Member(number, value, name) for value, number in enum.values.items()}
            for name, enum in layout.enums.items()
        }
        self._named: dict[str, _Read] = {}

    def spans_until_error(
        self, type_: Type, data: bytes, budget: Budget | None = None
    ) -> tuple[tuple[Span, ...], DecodeError | None]:
        """The parts of a value as far as they could be decoded, and what was wrong then, if anything was. See
        `codec.spans_until_error`.
        """
        parts = Spans(budget or Budget())
        try:
            _, end = self._reader(type_)(_Work(data, AT_LEAST + PER_BYTE * len(data)), 0, len(data), parts)
        except DecodeError as error:
            return tuple(parts), error
        return tuple(parts), DecodeError(end, f"{len(data) - end} trailing bytes") if end != len(data) else None

    def _reader(self, type_: Type) -> _Read:
        match type_:
            case UIntType(size):
                return _uint(size)
            case OpaqueType(text):
                return _text if text else _opaque
            case FixedType(size):
                return _fixed(size)
            case BoundedType(least, most):
                return _bounded(least, most)
            case VectorType(item):
                return _vector(self._reader(item))
            case SizedType(inner):
                return _sized(self._reader(inner))
            case OptionalType(inner):
                return _optional(self._reader(inner))
            case NamedType(name):
                return self._of(name)

    def _of(self, name: str) -> _Read:
        """Of a struct, an enum or a union; made once. Raises KeyError for a name that is none."""
        if name not in self._named:
            layout = self._layout
            if name in layout.structs:
                made = self._struct(name, layout.structs[name])
            elif name in layout.enums:
                made = self._enum(name, layout.enums[name])
            else:
                made = self._union(layout.unions[name])
            self._named[name] = made
        return self._named[name]

    def _enum(self, name: str, enum: EnumLayout) -> _Read:
        number, members = _uint(enum.size), self._members[name]

        def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
            value, after = number(work, pos, end, spans)
            if value not in members:
                raise DecodeError(pos, f"{value} is not a value of {name}")
            return members[value], after

        return read

    def _union(self, union: UnionLayout) -> _Read:
        tag = self._of(union.tag)
        cases = {name: self._of(case) for name, case in union.cases.items()}

        def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
            member, after = tag(work, pos, end, spans)
            if spans is not None:
                spans.append(Span(union.tag, pos, after, member))
            if member.name not in cases:
                raise DecodeError(pos, f"{member.name} has no case here")
            return cases[member.name](work, after, end, spans)

        return read

    def _struct(self, name: str, fields: tuple[FieldLayout, ...]) -> _Read:
        rows = [(each.name, self._reader(each.type), each.when) for each in fields]

        def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
            work.value(pos)
            values: dict[str, Any] = {}
            for field, inner, when in rows:
                parts, start = None if spans is None else spans.inner(), pos
                try:
                    values[field] = None
                    if when is None or _holds(when, values):
                        values[field], pos = inner(work, pos, end, parts)
                except DecodeError as wrong:
                    if spans is not None:
                        spans.append(Span(field, start, wrong.offset, wrong, tuple(parts or ())))
                    wrong.inside(field)
                    raise
                if spans is not None:
                    spans.append(Span(field, start, pos, values[field], tuple(parts or ())))
            return Record(name, values), pos

        return read


def _holds(when: Condition, values: dict[str, Any]) -> bool:
    """Whether the value at the path is one of the cases."""
    value: Any = Record("", values)
    for part in when.path.split("."):
        value = value.fields.get(part) if isinstance(value, Record) else None
    match value:
        case Record(struct):
            return struct in when.cases
        case Member():
            return value.name in when.cases or int(value) in when.cases
        case int() | str():
            return value in when.cases
    return False


def _uint(size: int) -> _Read:
    def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
        if pos + size > end:
            raise too_short(pos, size, end)
        return int.from_bytes(work.data[pos : pos + size], "big"), pos + size

    return read


def _fixed(size: int) -> _Read:
    def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
        if pos + size > end:
            raise too_short(pos, size, end)
        return work.data[pos : pos + size], pos + size

    return read


def _bounded(least: int, most: int) -> _Read:
    size = length_size(most)

    def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
        start = pos + size
        if start > end:
            raise too_short(pos, size, end)
        count = int.from_bytes(work.data[pos:start], "big")
        if not least <= count <= most:
            raise DecodeError(pos, f"length {count}, not {least} to {most}")
        if start + count > end:
            raise too_short(start, count, end)
        return work.data[start : start + count], start + count

    return read


def _opaque(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
    start, stop = read_length(work.data, pos, end)
    return work.data[start:stop], stop


def _text(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
    start, stop = read_length(work.data, pos, end)
    try:
        return work.data[start:stop].decode(), stop
    except UnicodeDecodeError as wrong:
        raise DecodeError(start + wrong.start, "not UTF-8") from None


def _optional(inner: _Read) -> _Read:
    def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
        if pos >= end:
            raise too_short(pos, 1, end)
        present = work.data[pos]
        if present > 1:
            raise DecodeError(pos, f"{present} is neither absent (0) nor present (1)")
        return inner(work, pos + 1, end, spans) if present else (None, pos + 1)

    return read


def _sized(inner: _Read) -> _Read:
    def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
        pos, stop = read_length(work.data, pos, end)
        value, pos = inner(work, pos, stop, spans)
        if pos != stop:
            raise DecodeError(pos, f"{stop - pos} bytes behind what should fill them")
        return value, pos

    return read


def _vector(item: _Read) -> _Read:
    def read(work: _Work, pos: int, end: int, spans: Spans | None) -> tuple[Any, int]:
        pos, stop = read_length(work.data, pos, end)
        if spans is not None:
            return _traced_items(item, work, pos, stop, spans)
        items: list[Any] = []
        try:
            while pos < stop:
                work.value(pos)
                value, pos = item(work, pos, stop, None)
                items.append(value)
        except DecodeError as wrong:
            wrong.inside(f"[{len(items)}]")
            raise
        return tuple(items), pos

    return read


def _traced_items(item: _Read, work: _Work, pos: int, stop: int, spans: Spans) -> tuple[Any, int]:
    """Items with a span each as far as the budget goes; those beyond it are decoded, and get one together."""
    items: list[Any] = []
    more, start, parts, budget = 0, pos, Spans(spans.budget), spans.budget
    try:
        while pos < stop and len(items) < budget.items and budget.spans > 0:
            start, parts = pos, spans.inner()
            work.value(pos)
            value, pos = item(work, pos, stop, parts)
            spans.append(Span(f"[{len(items)}]", start, pos, value, tuple(parts)))
            items.append(value)
        rest = pos
        try:
            while pos < stop:
                start, parts = pos, Spans(budget)
                work.value(pos)
                _, pos = item(work, pos, stop, None)
                more += 1
        finally:
            if more:
                spans.append(Span(f"[{len(items)}…]", rest, pos, Rest(more)))
    except DecodeError as wrong:
        place = f"[{len(items) + more}]"
        spans.append(Span(place, start, wrong.offset, wrong, tuple(parts)))
        wrong.inside(place)
        raise
    return tuple(items), pos
