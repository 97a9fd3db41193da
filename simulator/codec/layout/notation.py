"""A type as text, in the words of the presentation language.

`uint16`, `opaque[16]`, `opaque<0..32>`, `opaque<V>`, `utf8<V>`, `optional<Node><V>`, `sized<KeyPackage>`
"""

import re

from simulator.codec.layout.errors import LayoutError
from simulator.codec.layout.model import (
    BoundedType,
    FixedType,
    NamedType,
    OpaqueType,
    OptionalType,
    SizedType,
    Type,
    UIntType,
    VectorType,
)

NESTED = 8
"""How many vectors, sized values and optionals may be in each other in one type."""
LONGEST_NAME = 100
LARGEST_FIXED = 1 << 16
"""Bytes of one `opaque[n]`."""
LARGEST_BOUND = (1 << 24) - 1
"""The most bytes that one `opaque<m..n>` may allow."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FIXED = re.compile(r"opaque\[([1-9][0-9]{0,5})\]")
_BOUNDED = re.compile(r"opaque<(0|[1-9][0-9]{0,7})\.\.([1-9][0-9]{0,7})>")
_PLAIN: dict[str, Type] = {
    **{f"uint{8 * size}": UIntType(size) for size in (1, 2, 4, 8)},
    "opaque<V>": OpaqueType(),
    "utf8<V>": OpaqueType(text=True),
}
_TEXTS = {plain: text for text, plain in _PLAIN.items()}
RESERVED = frozenset({"opaque", "utf8", "optional", "sized", *(text for text in _PLAIN if text.isalnum())})
"""What nothing else may be called."""


def text_of(type_: Type) -> str:
    """The text that `type_from` reads."""
    match type_:
        case VectorType(item):
            return f"{text_of(item)}<V>"
        case SizedType(inner):
            return f"sized<{text_of(inner)}>"
        case OptionalType(inner):
            return f"optional<{text_of(inner)}>"
        case FixedType(size):
            return f"opaque[{size}]"
        case BoundedType(least, most):
            return f"opaque<{least}..{most}>"
        case NamedType(name):
            return name
    return _TEXTS[type_]


def type_from(text: str, place: str = "", nested: int = NESTED) -> Type:
    """The type that a text means. Raises LayoutError, which names the place."""
    if text in _PLAIN:
        return _PLAIN[text]
    if nested == 0:
        raise LayoutError(place, f"more than {NESTED} vectors, sized values and optionals in each other")
    if text.endswith("<V>"):
        return VectorType(type_from(text.removesuffix("<V>"), place, nested - 1))
    if text.startswith("optional<") and text.endswith(">"):
        return OptionalType(type_from(text[len("optional<") : -1], place, nested - 1))
    if text.startswith("sized<") and text.endswith(">"):
        return SizedType(type_from(text[len("sized<") : -1], place, nested - 1))
    fixed = _FIXED.fullmatch(text)
    if fixed and int(fixed[1]) <= LARGEST_FIXED:
        return FixedType(int(fixed[1]))
    bounded = _BOUNDED.fullmatch(text)
    if bounded and int(bounded[1]) <= int(bounded[2]) <= LARGEST_BOUND:
        return BoundedType(int(bounded[1]), int(bounded[2]))
    if not is_name(text):
        raise LayoutError(place, f"{text[:LONGEST_NAME]!r} is no type")
    return NamedType(text)


def is_name(text: str) -> bool:
    """Whether a struct, a field, an enum or a value may be called so."""
    return len(text) <= LONGEST_NAME and text not in RESERVED and _NAME.fullmatch(text) is not None
