"""Bytes beside what they mean: the annotated hex dump."""

from collections.abc import Iterator
from typing import Any

from simulator.codec.declare import codec
from simulator.codec.errors import DecodeError
from simulator.codec.spans import Budget, Rest, Span, Spans

_SHOWN = 16
"""How many bytes of a leaf value a line shows."""
_TEXT = 4
"""Fewer printable bytes than these are chance."""
_LINE = 80
"""How many characters of a text a line shows."""


def spans(annotation: Any, data: bytes) -> tuple[Span, ...]:
    """The parts of a value with the bytes they came from. Raises DecodeError, also for trailing bytes."""
    parts, error = spans_until_error(annotation, data)
    if error is not None:
        raise error
    return parts


def spans_until_error(
    annotation: Any, data: bytes, budget: Budget | None = None
) -> tuple[tuple[Span, ...], DecodeError | None]:
    """The parts of a value as far as they could be decoded, and what was wrong then, if anything was.

    All of it is decoded; of what is more than `budget` only the number of items is told, by a span with a `Rest`.
    """
    parts = Spans(budget or Budget())
    try:
        _, end = codec(annotation).wire.traced(data, 0, len(data), parts)
    except DecodeError as error:
        return tuple(parts), error
    return tuple(parts), DecodeError(end, f"{len(data) - end} trailing bytes") if end != len(data) else None


def annotate(annotation: Any, data: bytes) -> str:
    """An annotated hex dump: a line a value with offset, bytes, name and, for leaves, the value.

    Raises DecodeError, also for trailing bytes.
    """
    return "\n".join(dump_lines(spans(annotation, data), data))


def dump_lines(parts: tuple[Span, ...], data: bytes, *, full: bool = False, depth: int = 0) -> Iterator[str]:
    """The lines of an annotated hex dump. `full` shows every byte of long values, on lines of their own; `depth` is the
    indent of names. Beside a value that could not be decoded stands what is there in its place.
    """
    for part in parts:
        name = "  " * depth + part.name
        if part.children:
            yield f"{part.start:06x}  {'':<{3 * _SHOWN}} {name}"
            yield from dump_lines(part.children, data, full=full, depth=depth + 1)
            continue
        raw = data[part.start : None if isinstance(part.value, DecodeError) else part.end]
        shown = raw[:_SHOWN].hex(" ") + ("…" if len(raw) > _SHOWN and not full else "")
        yield f"{part.start:06x}  {shown:<{3 * _SHOWN}} {name} = {_value(part.value)}"
        for more in range(_SHOWN, len(raw) if full else 0, _SHOWN):
            yield f"{part.start + more:06x}  {raw[more : more + _SHOWN].hex(' ')}"


def _value(value: Any) -> str:
    match value:
        case DecodeError():
            return f"? {value.reason}"
        case Rest():
            return f"{value.items:,} more items"
        case str() if len(value) > _LINE:
            return f"{value[:_LINE]!r}… {len(value):,} characters"
        case int() if hasattr(value, "name"):  # an enum's, decoded by its class or by a layout
            return f"{value.name} ({int(value)})"
        case bytes():
            return f"{len(value)} bytes" + _as_text(value)
        case _:
            return repr(value)


def _as_text(value: bytes) -> str:
    """What bytes look like to people, where they are text: URIs travel as opaque."""
    text = value[: _LINE + 1].decode("ascii", "replace")
    if len(value) < _TEXT or not text.isascii() or not text.isprintable():
        return ""
    return f' "{text[:_LINE]}' + ('…"' if len(text) > _LINE else '"')
