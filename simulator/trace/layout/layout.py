"""The layout of a draft as a value: its wire, its endpoints, labels, checks and rules. As JSON it is one object.

Types are as in `simulator.codec.layout.data`; an endpoint is
`[method, path, media type, request, response, success, several, place]`.
"""

import json
from collections.abc import Mapping
from typing import Any

from simulator.codec.layout import LayoutError, WireLayout, data, from_data, to_data
from simulator.dataclass import dataclass

MOST_BYTES = 1 << 20
"""Of the JSON of a layout."""
MOST_CHECKS = 1000
_KEYS = ("draft", "simulator", "wire", "endpoints", "labels", "checks", "rules")


@dataclass(frozen=True, slots=True)
class EndpointLayout:
    """An endpoint. Request and response are the struct of the body; None where there is none."""

    method: str
    path: str
    """With variables in braces."""
    media_type: str
    request: str | None
    response: str | None
    success: int = 200
    """The status of an answer that is no refusal."""
    several: bool = False
    """Whether a body is one or more requests, back to back."""
    place: str = ""
    """Which of a provider's hosts serves it."""

    def serves(self, path: str) -> bool:
        """Whether a path is its own. A variable stands for anything but nothing and `/`."""
        before, opened, rest = self.path.partition("{")
        if not opened:
            return path == self.path
        after = rest.partition("}")[2]
        value = path[len(before) : len(path) - len(after)]
        return path.startswith(before) and path.endswith(after) and value != "" and "/" not in value


@dataclass(frozen=True, slots=True)
class Layout:
    """What a draft is on the wire, and in which order it checks what."""

    draft: str
    simulator: str
    """The simulator's version."""
    wire: WireLayout
    endpoints: Mapping[str, EndpointLayout]
    labels: Mapping[str, str]
    """Under which labels structs are signed, by the struct's name."""
    checks: tuple[str, ...]
    """The names of the checks of a request, in order."""
    rules: tuple[str, ...]
    """The IDs of the draft's rules."""

    def endpoint(self, name: str) -> EndpointLayout | None:
        """The endpoint of this name, or that serves this path."""
        found = self.endpoints.get(name)
        return found or next((each for each in self.endpoints.values() if each.serves(name)), None)


def to_json(layout: Layout) -> str:
    """One line of JSON, without spaces."""
    return json.dumps(to_values(layout), separators=(",", ":"), ensure_ascii=False)


def to_lines(layout: Layout) -> str:
    """The same JSON with a line for each struct, enum, endpoint, label, check and rule: to be reviewed."""
    parts = {name: _expanded(value, 2 if name == "wire" else 1) for name, value in to_values(layout).items()}
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in parts.items()) + "\n}\n"


def _expanded(value: Any, levels: int, indent: str = "") -> str:
    """JSON, in so many levels of which each entry has a line."""
    if levels == 0 or not value or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    deeper = f"{indent} "
    if isinstance(value, dict):
        entries = [f"{json.dumps(name)}: {_expanded(each, levels - 1, deeper)}" for name, each in value.items()]
        opened, closed = "{}"
    else:
        entries = [_expanded(each, levels - 1, deeper) for each in value]
        opened, closed = "[]"
    inner = f",\n{deeper}".join(entries)
    return f"{opened}\n{deeper}{inner}\n{indent}{closed}"


def to_values(layout: Layout) -> dict[str, Any]:
    """The same as JSON's values."""
    return {
        "draft": layout.draft,
        "simulator": layout.simulator,
        "wire": to_data(layout.wire),
        "endpoints": {
            name: [
                each.method,
                each.path,
                each.media_type,
                each.request,
                each.response,
                each.success,
                each.several,
                each.place,
            ]
            for name, each in layout.endpoints.items()
        },
        "labels": dict(layout.labels),
        "checks": list(layout.checks),
        "rules": list(layout.rules),
    }


def from_json(text: str | bytes) -> Layout:
    """The layout that `to_json` wrote. Raises LayoutError, which names the place, for anything else."""
    if len(text) > MOST_BYTES:
        raise LayoutError("", f"a layout of more than {MOST_BYTES:,} bytes")
    try:
        values = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise LayoutError("", "this is no JSON") from error
    return from_values(values)


def from_values(values: object) -> Layout:
    """The layout that `to_values` made. Raises LayoutError."""
    found = data.mapping(values, "", _KEYS)
    wire = from_data(found["wire"], "wire")
    endpoints = {
        data.text(name, "endpoints"): _endpoint(each, f"endpoints.{name[: data.MOST_SHOWN]}", wire)
        for name, each in data.mapping(found["endpoints"], "endpoints").items()
    }
    labels = {
        data.text(name, "labels"): data.text(each, "labels")
        for name, each in data.mapping(found["labels"], "labels").items()
    }
    checks = tuple(data.text(each, "checks") for each in data.items(found["checks"], "checks", most=MOST_CHECKS))
    rules = tuple(data.text(each, "rules") for each in data.items(found["rules"], "rules"))
    draft, simulator = (data.text(found[key], key) for key in ("draft", "simulator"))
    return Layout(draft, simulator, wire, endpoints, labels, checks, rules)


def _endpoint(value: object, place: str, wire: WireLayout) -> EndpointLayout:
    method, path, media, request, response, success, several, host = data.items(value, place, least=8, most=8)
    if not isinstance(several, bool):
        raise LayoutError(place, "neither true nor false")
    return EndpointLayout(
        data.text(method, place),
        data.text(path, place),
        data.text(media, place),
        _body(request, place, wire),
        _body(response, place, wire),
        data.number(success, place),
        several,
        data.text(host, place),
    )


def _body(value: object, place: str, wire: WireLayout) -> str | None:
    if value is None:
        return None
    name = data.named(value, place)
    if name not in wire.structs:
        raise LayoutError(place, f"there is no struct {name}")
    return name


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. Raises ValueError for a key that is there twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found
