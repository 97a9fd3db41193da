"""What the bodies of a draft's endpoints mean, as trees: what `simulator.trace` needs to show and compare them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Any

from simulator.codec import Budget, DecodeError, Rest, Span, spans_until_error
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.opaque_bodies import OpaqueBodies
from simulator.drafts.requests.endpoint import Endpoint, Reply
from simulator.trace.tree import Dissect, Dissection, Node, Part, undissected


def dissector(draft: str) -> Dissect:
    """The decoder for a draft by its name; for one that is not known, a decoder that decodes nothing."""
    found = next((each for each in registry.known() if each.name == draft), None)
    return Dissector(found) if found else undissected


class Dissector:
    """Decodes what a draft's endpoints take and give, down to the fields of MLS and of the extensions it knows."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._bodies = OpaqueBodies(draft.mls)
        self._rows = {row.name: row for row in draft.endpoints}

    def __call__(self, endpoint: str, part: Part, data: bytes) -> Dissection | None:
        """See `Dissect`."""
        row = self._row(endpoint)
        if not data or row is None:
            return None
        struct = row.request if part == "request" else row.response
        if struct is None:
            return _text(data) if part == "response" else None
        budget = Budget()
        parts, error = spans_until_error(struct, data, budget)
        children = tuple(_Tree(self._bodies, data, budget).node(span, "", None, None) for span in parts)
        return Dissection(
            Node(
                struct.__name__, "", struct.__name__, "", 0, len(data), (*children, *_rest(children, len(data), data))
            ),
            None if error is None else str(error),
        )

    def _row(self, endpoint: str) -> Endpoint | None:
        """By its name, or by a path that it serves."""
        return self._rows.get(endpoint) or self._draft.endpoint(endpoint)[0]

    def verdict(
        self, endpoint: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes
    ) -> tuple[bool, str | None]:
        """Whether an answer is a refusal, and its error code, where that can be read."""
        refusals, reply = (self._row(endpoint) or self._draft).refusals, Reply(status, headers, body)
        if not refusals.is_refusal(reply):
            return False, None
        refusal = refusals.read(reply)
        return True, None if refusal is None else str(refusal.code)


@dataclass(frozen=True, slots=True)
class _Tree:
    """Makes nodes of the spans in `data`."""

    bodies: OpaqueBodies
    data: bytes
    budget: Budget

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
        struct = self.bodies.struct_in(holder, span.name, inside)
        if struct is None or not isinstance(span.value, bytes) or self.budget.spans <= 0:
            return ()
        parts, error = spans_until_error(struct, span.value, self.budget)
        if error is not None:
            return ()
        inner = _Tree(self.bodies, span.value, self.budget)
        start = span.end - len(span.value)
        return tuple(_moved(inner.node(part, path, None, None), start) for part in parts)


def _text(data: bytes) -> Dissection:
    return Dissection(Node("text", "", "text", data.decode("ascii", "backslashreplace"), 0, len(data)))


def _type(span: Span) -> str:
    value, size = span.value, span.end - span.start
    match value:
        case DecodeError():
            return "undecoded"
        case Rest():
            return "more"
        case None:
            return "absent"
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
        case IntEnum() as member:
            return f"{member.name}({int(member)})"
        case bytes() as octets:
            return octets.hex()
        case int() | str() as plain:
            return str(plain)
    return ""


def _moved(node: Node, by: int) -> Node:
    children = tuple(_moved(child, by) for child in node.children)
    return Node(node.name, node.path, node.type, node.value, node.offset + by, node.length, children)


def _rest(children: tuple[Node, ...], size: int, data: bytes) -> Iterator[Node]:
    """What nobody decoded, behind the last thing that somebody did."""
    end = _end(children)
    if end < size:
        yield Node("undecoded", "undecoded", f"opaque[{size - end}]", data[end:].hex(), end, size - end)


def _end(children: tuple[Node, ...]) -> int:
    if not children:
        return 0
    last = children[-1]
    return max(_end(last.children), last.offset + last.length)
