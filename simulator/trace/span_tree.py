"""From the spans of a body to the tree of it: by whatever it was decoded, the tree is the same."""

from collections.abc import Callable, Iterator
from enum import IntEnum
from hashlib import sha256
from typing import Any

from simulator.codec import Budget, DecodeError, Rest, Span
from simulator.codec.layout import Member, Record
from simulator.dataclass import dataclass
from simulator.trace.tree import Dissection, Node

OPENED = 16
"""How many opaque fields may be opened in each other."""

UNDECODED = "undecoded"
"""The type of what could not be decoded."""

Decoded = tuple[tuple[Span, ...], DecodeError | None]

Decode = Callable[[Any, bytes, Budget], Decoded]
"""The spans of a type's value, and what was wrong then, if anything was."""

TypeIn = Callable[[Any, str, Any], Any]
"""The type in an opaque field: of a value, a field's name, and the value that holds the first; None if not known."""


@dataclass(frozen=True, slots=True)
class SpanTree:
    """Makes the tree of a body."""

    decode: Decode
    type_in: TypeIn

    def dissection(self, type_: Any, name: str, data: bytes) -> Dissection:
        """Of a body that is a `type_`, called `name`."""
        budget = Budget()
        parts, error = self.decode(type_, data, budget)
        opener = _Opener(self, data, budget)
        children = tuple(opener.node(span, "", None, None) for span in parts)
        root = Node(name, "", name, "", 0, len(data), (*children, *_rest(children, data)))
        return Dissection(root, None if error is None else str(error))


@dataclass(frozen=True, slots=True)
class _Opener:
    """Makes nodes of the spans in `data`, and of what is in opaque fields there."""

    tree: SpanTree
    data: bytes
    budget: Budget
    opened: int = 0

    def node(self, span: Span, path: str, holder: Any, inside: Any) -> Node:
        """`holder` is the value that the span's is a part of, `inside` the one that holds that."""
        path = f"{path}.{span.name}".removeprefix(".").replace(".[", "[")
        children = self._opened(span, path, holder, inside) or tuple(
            self.node(child, path, span.value, holder) for child in span.children
        )
        value = "" if children else _value(span, self.data)
        return Node(span.name, path, _type(span), value, span.start, span.end - span.start, children)

    def _opened(self, span: Span, path: str, holder: Any, inside: Any) -> tuple[Node, ...]:
        """What is in an opaque field, where that is known and right."""
        if not isinstance(span.value, bytes) or self.budget.spans <= 0 or self.opened >= OPENED:
            return ()
        type_ = self.tree.type_in(holder, span.name, inside)
        if type_ is None:
            return ()
        parts, error = self.tree.decode(type_, span.value, self.budget)
        if error is not None:
            return ()
        inner = _Opener(self.tree, span.value, self.budget, self.opened + 1)
        start = span.end - len(span.value)
        return tuple(_moved(inner.node(part, path, None, None), start) for part in parts)


def text_dissection(data: bytes) -> Dissection:
    """Of a body that is text."""
    return Dissection(Node("text", "", "text", data.decode("ascii", "backslashreplace"), 0, len(data)))


def _type(span: Span) -> str:
    value, size = span.value, span.end - span.start
    match value:
        case DecodeError():
            return UNDECODED
        case Rest():
            return "more"
        case None:
            return "absent"
        case Member():
            return value.enum
        case IntEnum():
            return type(value).__name__
        case int():
            return f"uint{8 * size}"
        case str():
            return "utf8<V>"
        case bytes():
            return f"opaque[{size}]" if len(value) == size else "opaque<V>"
        case tuple():
            return "vector<V>"
        case Record(struct):
            return struct
    return type(value).__name__


def _value(span: Span, data: bytes) -> str:
    match span.value:
        case DecodeError() as error:
            return error.reason
        case Rest(items):
            size, digest = span.end - span.start, sha256(data[span.start : span.end]).hexdigest()
            return f"{items:,} more items in {size:,} bytes, sha256 {digest}"
        case None | tuple():
            return ""
        case IntEnum() | Member() as member:
            return f"{member.name}({int(member)})"
        case bytes() as octets:
            return octets.hex()
        case int() | str() as plain:
            return str(plain)
    return ""


def _moved(node: Node, by: int) -> Node:
    children = tuple(_moved(child, by) for child in node.children)
    return Node(node.name, node.path, node.type, node.value, node.offset + by, node.length, children)


def _rest(children: tuple[Node, ...], data: bytes) -> Iterator[Node]:
    """What nobody decoded, behind the last thing that somebody did."""
    end, size = _end(children), len(data)
    if end < size:
        yield Node("undecoded", "undecoded", f"opaque[{size - end}]", data[end:].hex(), end, size - end)


def _end(children: tuple[Node, ...]) -> int:
    if not children:
        return 0
    last = children[-1]
    return max(_end(last.children), last.offset + last.length)
