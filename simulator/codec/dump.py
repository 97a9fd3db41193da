"""Bytes beside what they mean: the annotated hex dump."""

from collections.abc import Iterator
from typing import Any

from simulator.codec.declare import codec
from simulator.codec.errors import DecodeError
from simulator.codec.wire import Span

_SHOWN = 16
"""How many bytes of a leaf value a line shows."""


def spans(annotation: Any, data: bytes) -> tuple[Span, ...]:
    """The parts of a value with the bytes they came from. Raises DecodeError, also for trailing bytes."""
    parts: list[Span] = []
    _, end = codec(annotation).wire.traced(data, 0, len(data), parts)
    if end != len(data):
        raise DecodeError(end, f"{len(data) - end} trailing bytes")
    return tuple(parts)


def annotate(annotation: Any, data: bytes) -> str:
    """An annotated hex dump: a line a value with offset, bytes, name and, for leaves, the value.

    Raises DecodeError, also for trailing bytes.
    """
    return "\n".join(_lines(spans(annotation, data), data, 0))


def _lines(parts: tuple[Span, ...], data: bytes, depth: int) -> Iterator[str]:
    for part in parts:
        name = "  " * depth + part.name
        if part.children:
            yield f"{part.start:06x}  {'':<{3 * _SHOWN}} {name}"
            yield from _lines(part.children, data, depth + 1)
            continue
        raw = data[part.start : part.end]
        shown = raw[:_SHOWN].hex(" ") + ("…" if len(raw) > _SHOWN else "")
        yield f"{part.start:06x}  {shown:<{3 * _SHOWN}} {name} = {_value(part.value)}"


def _value(value: Any) -> str:
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return repr(value)
