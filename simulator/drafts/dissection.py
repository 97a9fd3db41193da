"""What the bodies of a draft's endpoints mean, as trees: what `simulator.trace` needs to show and compare them."""

from collections.abc import Iterator
from enum import IntEnum
from hashlib import sha256
from typing import Any

from simulator.codec import Budget, DecodeError, Rest, Span, spans_until_error
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.endpoint import BadAnswer, Endpoint, Reply
from simulator.mls.extension import (
    ApplicationId,
    Extension,
    ExtensionType,
    ExternalPub,
    ExternalSenders,
    RequiredCapabilities,
)
from simulator.mls.node import RatchetTreeNodes
from simulator.services.extensions import MIMI_DS_VERSION, MIMI_DS_VERSIONS, DSVersion, DSVersions
from simulator.services.refusal import Refusal
from simulator.trace.tree import Dissect, Dissection, Node, Part, undissected

EXTENSIONS: dict[int, Any] = {
    ExtensionType.application_id: ApplicationId,
    ExtensionType.ratchet_tree: RatchetTreeNodes,
    ExtensionType.required_capabilities: RequiredCapabilities,
    ExtensionType.external_pub: ExternalPub,
    ExtensionType.external_senders: ExternalSenders,
    MIMI_DS_VERSIONS: DSVersions,
    MIMI_DS_VERSION: DSVersion,
}
"""What is in the `extension_data` of the extensions that have a body, by type."""


def dissector(draft: str) -> Dissect:
    """The decoder for a draft by its name; for one that is not known, a decoder that decodes nothing."""
    found = next((each for each in registry.known() if each.name == draft), None)
    return Dissector(found) if found else undissected


class Dissector:
    """Decodes what a draft's endpoints take and give, down to the fields of MLS and of the extensions it knows."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._rows = {key: row for row in draft.endpoints for key in (row.name, row.path)}

    def __call__(self, endpoint: str, part: Part, data: bytes) -> Dissection | None:
        """See `Dissect`."""
        row = self._rows.get(endpoint)
        if not data or row is None:
            return None
        struct = row.request if part == "request" else row.response
        if struct is None:
            return _text(data) if part == "response" else None
        budget = Budget()
        parts, error = spans_until_error(struct, data, budget)
        children = tuple(_node(span, "", data, budget) for span in parts)
        return Dissection(
            Node(
                struct.__name__, "", struct.__name__, "", 0, len(data), (*children, *_rest(children, len(data), data))
            ),
            None if error is None else str(error),
        )

    def code(self, endpoint: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> str | None:
        """The error code in an answer; None where there is none, or none that can be read."""
        row = self._rows.get(endpoint)
        if row is None or row.response is None:
            row = next(each for each in self._draft.endpoints if each.response is not None)
        return _code(row, Reply(status, headers, body))


def _code(row: Endpoint, reply: Reply) -> str | None:
    try:
        row.read(reply)
    except Refusal as refusal:
        return refusal.code.value
    except BadAnswer:
        return None
    return None


def _text(data: bytes) -> Dissection:
    return Dissection(Node("text", "", "text", data.decode("ascii", "backslashreplace"), 0, len(data)))


def _node(span: Span, inside: str, data: bytes, budget: Budget) -> Node:
    path = f"{inside}.{span.name}".removeprefix(".").replace(".[", "[")
    kind, value = _type(span), _value(span, data)
    children = tuple(_node(child, path, data, budget) for child in span.children)
    if isinstance(span.value, Extension):
        children = tuple(_extended(child, span.value, data, budget) for child in children)
    return Node(span.name, path, kind, "" if children else value, span.start, span.end - span.start, children)


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


def _extended(field: Node, extension: Extension, data: bytes, budget: Budget) -> Node:
    """A field of an Extension, what is in its `extension_data` decoded where that is known and right."""
    body = EXTENSIONS.get(extension.extension_type)
    if field.name != "extension_data" or body is None or budget.spans <= 0:
        return field
    parts, error = spans_until_error(body, extension.extension_data, budget)
    if error is not None:
        return field
    start = field.offset + field.length - len(extension.extension_data)
    inner = tuple(_moved(_node(span, field.path, extension.extension_data, budget), start) for span in parts)
    return Node(field.name, field.path, field.type, "" if inner else field.value, field.offset, field.length, inner)


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
