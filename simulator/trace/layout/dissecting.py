"""Bodies decoded by a layout alone, into the trees that the draft's own structs give."""

from typing import Any

from simulator.codec import Budget
from simulator.codec.layout import LayoutDecoder, NamedType, Record, Type
from simulator.trace.layout.layout import Layout
from simulator.trace.span_tree import Decoded, SpanTree, text_dissection
from simulator.trace.tree import Dissection, Part


class LayoutDissector:
    """The decoder of a layout: see `Dissect`. The draft need not be installed."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._decoder = LayoutDecoder(layout.wire)
        self._bodies = {(body.struct, body.field): body for body in layout.wire.bodies}
        self._tree = SpanTree(self._decode, self._type_in)

    def __call__(self, endpoint: str, part: Part, data: bytes) -> Dissection | None:
        """See `Dissect`."""
        row = self.layout.endpoint(endpoint)
        if not data or row is None:
            return None
        struct = row.request if part == "request" else row.response
        if struct is None:
            return text_dissection(data) if part == "response" else None
        return self._tree.dissection(NamedType(struct), struct, data)

    def _decode(self, type_: Type, data: bytes, budget: Budget) -> Decoded:
        return self._decoder.spans_until_error(type_, data, budget)

    def _type_in(self, value: Any, field: str, inside: Any) -> Type | None:
        """The type in this opaque field of `value`, which is itself a part of `inside`; None if it is not known."""
        body = self._bodies.get((value.struct, field)) if isinstance(value, Record) else None
        if body is None or not isinstance(value, Record):
            return None
        if not body.inside:
            return body.types.get(_number(value, body.number))
        right = isinstance(inside, Record) and inside.struct == body.inside
        return body.types.get(_number(inside, body.number)) if right else None


def _number(holder: Record, field: str) -> int:
    """The number that tells a type; -1, which tells none, where there is no number."""
    value = holder.fields.get(field) if field else 0
    return value if isinstance(value, int) else -1
