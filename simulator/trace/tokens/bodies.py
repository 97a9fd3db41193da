"""The bodies that belong to Privacy Pass, as trees: told by their media type, whatever endpoint they are at."""

from typing import Any

from simulator.codec import spans_until_error
from simulator.privacy_pass.directory import MEDIA_TYPE
from simulator.privacy_pass.issuance import REQUEST_TYPE, RESPONSE_TYPE, TokenRequest, TokenResponse
from simulator.trace.events import Headers
from simulator.trace.json_tree import json_dissection
from simulator.trace.span_tree import SpanTree
from simulator.trace.tree import Dissection

_STRUCTS: dict[str, Any] = {REQUEST_TYPE: TokenRequest, RESPONSE_TYPE: TokenResponse}
DIRECTORY = "TokenDirectory"
"""What a directory is called, which is no struct."""


def _nothing_inside(value: Any, field: str, inside: Any) -> None:
    """No field of these structs holds another struct."""


_TREE = SpanTree(spans_until_error, _nothing_inside)


def struct_dissection(struct: Any, data: bytes) -> Dissection:
    """The tree of a struct of Privacy Pass, as far as the bytes are one."""
    return _TREE.dissection(struct, struct.__name__, data)


def media_type(headers: Headers) -> str:
    """What the body is that goes with these headers; empty where they don't say."""
    return next((value for name, value in headers if name.lower() == "content-type"), "").strip().lower()


def token_body(headers: Headers, body: bytes) -> Dissection | None:
    """What a body with these headers means; None where it is empty, or none of Privacy Pass. Never raises."""
    kind = media_type(headers)
    if not body:
        return None
    if kind == MEDIA_TYPE:
        return json_dissection(body, DIRECTORY)
    return struct_dissection(_STRUCTS[kind], body) if kind in _STRUCTS else None
