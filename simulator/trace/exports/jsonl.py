"""A JSON object a line, for jq: what happened in the order in which it began, bodies decoded.

Every object has `event` (`header`, `exchange`, `protocol`, `step_ended`, ...), `scenario` and the event's fields as
`simulator.trace.events` explains them; times are Unix seconds. A body is an object:

    hex      its bytes                      size    how many they are
    struct   the struct that it holds       error   why not everything could be decoded, else null
    decoded  its fields, as nested objects and arrays: numbers as numbers, bytes in hex, enums as `ok(0)`
    texts    by path, all bytes among them that are text: names, URIs

What headers say of tokens of Privacy Pass is in `request_headers_decoded` and `response_headers_decoded`: a sentence
(`said`), and the fields by path (`values`).

The bytes of connections and the secrets are left out, as in the tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import msgspec

from simulator.trace.events import Event, Exchange
from simulator.trace.file import HEADER, KINDS
from simulator.trace.json_tree import JSON_PLAIN
from simulator.trace.saving import save
from simulator.trace.tables import LEFT_OUT
from simulator.trace.trace import Trace
from simulator.trace.tree import Dissection, Node, Part

_NAMES = {kind: name for name, kind in KINDS.items()}


def write(traces: Sequence[Trace], path: Path) -> None:
    """Write the events of all traces, a line each. Raises SimulatorError."""
    save(path, (msgspec.json.encode(each) + b"\n" for trace in traces for each in objects(trace)))


def objects(trace: Trace) -> Iterator[dict[str, Any]]:
    """What the lines of a trace say."""
    yield {"event": HEADER, **asdict(trace.header), "scenario": trace.id}
    for event in trace.events:
        if not isinstance(event, LEFT_OUT):
            yield {"event": _NAMES[type(event)], "scenario": trace.id, **_fields(trace, event)}


def _fields(trace: Trace, event: Event) -> dict[str, Any]:
    values = {each.name: getattr(event, each.name) for each in fields(event)}
    if isinstance(event, Exchange):
        values["request"] = _body(event.request, trace.request(event))
        values["response"] = _body(event.response, trace.response(event))
        values |= _headers(trace, event)
    return values


def _headers(trace: Trace, exchange: Exchange) -> dict[str, Any]:
    """What headers say of tokens, where they do."""
    parts: tuple[Part, ...] = ("request", "response")
    return {
        f"{part}_headers_decoded": [
            {"name": each.name, "said": each.said, "values": dict(each.values)} for each in found
        ]
        for part in parts
        if (found := trace.fields(exchange, part))
    }


def _body(data: bytes, meaning: Dissection | None) -> dict[str, Any]:
    body: dict[str, Any] = {"size": len(data), "hex": data.hex()}
    if meaning is not None:
        root = meaning.root
        texts = {node.path: node.text for node in root.leaves() if node.text is not None}
        body |= {"struct": root.type, "decoded": value(root), "texts": texts, "error": meaning.error}
    return body


def value(node: Node) -> Any:
    """A node as a JSON value."""
    if not node.children:
        return _leaf(node)
    if all(child.name.startswith("[") for child in node.children):
        return [value(child) for child in node.children]
    return {child.name: value(child) for child in node.children}


def _leaf(node: Node) -> Any:
    if node.type.startswith("uint"):
        return int(node.value)
    if node.type in JSON_PLAIN:
        return msgspec.json.decode(node.value)
    empty: dict[str, Any] = {"vector<V>": [], "object": {}, "absent": None}
    return empty.get(node.type, node.value)
