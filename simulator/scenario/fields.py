"""Fields of wire structs by dotted path: how an attack names what it changes, whatever the draft."""

import re
from dataclasses import fields, is_dataclass, replace
from enum import IntEnum
from typing import Any

from simulator.codec import encode
from simulator.errors import SimulatorError, hint

_PATH = re.compile(r"[A-Za-z_]\w*|\d+")
_ENVELOPE = "signed"
"""Where a draft keeps the part under a signature in a struct of its own. On the wire that makes no difference, so a
path need not say it."""


def with_field(struct: Any, path: str, value: Any) -> Any:
    """A copy of `struct` with another value at `path` (`recipient`, `recipients.0.client_id`).

    Text for a byte string is its UTF-8, or hex after `hex:`. Raises SimulatorError where path or value does not fit.
    """
    segments = _PATH.findall(path)
    if not segments:
        raise SimulatorError(f'"{path}" is no path of a field')
    changed = _with(struct, segments, value, path)
    try:
        encode(changed)
    except (OverflowError, ValueError):  # a number too large for its field, bytes of another length, half a character
        raise SimulatorError(f"{path}: {value!r} has no place on the wire") from None
    return changed


def hex_bytes(text: str) -> bytes:
    """Bytes from hex digits, spaces allowed between them. Raises SimulatorError for anything else."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise SimulatorError(f'"{text}" is no hex: pairs of digits 0-9 and a-f') from None


def _with(struct: Any, segments: list[str], value: Any, path: str) -> Any:
    if not segments:
        return _like(struct, value, path)
    head, *rest = segments
    if isinstance(struct, tuple):
        if not head.isdigit() or int(head) >= len(struct):
            raise SimulatorError(f"{path}: there are {len(struct)} items here, and no [{head}]")
        place = int(head)
        return (*struct[:place], _with(struct[place], rest, value, path), *struct[place + 1 :])
    if not is_dataclass(struct) or isinstance(struct, type):
        raise SimulatorError(f'{path}: nothing has fields where "{head}" should be')
    names = [field.name for field in fields(struct)]
    if head not in names and _ENVELOPE in names:
        return replace(struct, **{_ENVELOPE: _with(getattr(struct, _ENVELOPE), segments, value, path)})
    if head not in names:
        raise SimulatorError(f'{path}: {type(struct).__name__} has no field "{head}"{hint(head, names)}')
    return replace(struct, **{head: _with(getattr(struct, head), rest, value, path)})


def _like(old: Any, value: Any, path: str) -> Any:
    """`value` from a scenario file as the type that `old` has."""
    match old, value:
        case IntEnum(), str() if value in type(old).__members__:
            return type(old)[value]
        case IntEnum(), int() if value in list(type(old)):
            return type(old)(value)
        case bytes(), str():
            return hex_bytes(value.removeprefix("hex:")) if value.startswith("hex:") else value.encode()
        case (str(), str()) | (None, None):
            return value
        case int(), int() if not isinstance(old, IntEnum) and not isinstance(value, bool):
            return value
        case tuple(), tuple() if old:
            return tuple(_like(old[0], item, path) for item in value)
    raise SimulatorError(f"{path}: {value!r} does not fit where {type(old).__name__} is")
