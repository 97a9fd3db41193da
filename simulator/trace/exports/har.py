"""An HTTP Archive (HAR 1.2): what browsers' developer tools show of a network, here of providers asking each other.

A page is a step of a scenario. HAR knows bodies of requests only as text, and its writers tend to drop those of GET:
here every body is kept, as `postData` whatever the method, in base64 with `"encoding": "base64"` unless it is text.
What else is known of an exchange stands in fields that begin with `_`, as HAR wants it.
"""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from simulator.trace.events import Connected, Exchange, Headers
from simulator.trace.saving import save
from simulator.trace.tokens.fields import FieldMeaning
from simulator.trace.trace import Step, Trace

UNKNOWN = "x-unknown"
"""The MIME type of what has none."""
VERSIONS = {"1.1": "HTTP/1.1", "2": "HTTP/2.0"}
"""How HAR's readers know HTTP's versions."""


def write(traces: Sequence[Trace], path: Path) -> None:
    """Write one archive of all traces. Raises SimulatorError."""
    save(path, [msgspec.json.encode(archive(traces)), b"\n"])


def archive(traces: Sequence[Trace]) -> dict[str, Any]:
    """The archive, as its JSON says it."""
    pages, entries = [], []
    for trace in traces:
        connections = _Connections(trace)
        for step in trace.steps:
            if step.exchanges:
                page = _page(trace, step)
                pages.append(page)
                entries += [_entry(trace, each, page["id"], connections) for each in step.exchanges]
    version = next((trace.header.simulator for trace in traces), "")
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "mimi-sim", "version": version},
            "pages": pages,
            "entries": sorted(entries, key=lambda entry: entry["startedDateTime"]),
        }
    }


class _Connections:
    """What is known of the connections of a trace, by number."""

    def __init__(self, trace: Trace) -> None:
        self._connected = {each.connection: each for each in trace.of(Connected)}
        self._first: dict[int | None, Exchange] = {}
        for exchange in trace.exchanges:
            self._first.setdefault(exchange.connection, exchange)

    def of(self, exchange: Exchange) -> Connected | None:
        return self._connected.get(exchange.connection or 0)

    def made_for(self, exchange: Exchange) -> Connected | None:
        """The connection of an exchange, if it was the first on it."""
        return self.of(exchange) if self._first[exchange.connection] is exchange else None


def _page(trace: Trace, step: Step) -> dict[str, Any]:
    title = f"{trace.id}, step {step.label}" if step.number else f"{trace.id}, {step.label or 'start'}"
    return {
        "id": f"{trace.id}#{step.number}" if step.number else f"{trace.id}#{step.label or 'start'}",
        "title": title,
        "startedDateTime": _date(step.began.started if step.began else step.exchanges[0].started),
        "pageTimings": {"onContentLoad": -1, "onLoad": _milliseconds(step.ended.seconds) if step.ended else -1},
        "comment": (step.began.note if step.began else "") or trace.header.name,
    }


def _entry(trace: Trace, exchange: Exchange, page: str, connections: _Connections) -> dict[str, Any]:
    connected = connections.of(exchange)
    timings = _timings(exchange, connections.made_for(exchange))
    entry: dict[str, Any] = {
        "pageref": page,
        "startedDateTime": _date(exchange.started),
        "time": sum(each for each in timings.values() if each >= 0),
        "request": _request(exchange, trace.fields(exchange, "request")),
        "response": _response(exchange, trace.fields(exchange, "response")),
        "cache": {},
        "timings": timings,
        "comment": _comment(trace, exchange),
        **{f"_{name}": value for name, value in _more(trace, exchange) if value is not None},
    }
    if connected is not None:
        entry["serverIPAddress"] = connected.server[0]
        entry["connection"] = f"{trace.id} {connected.connection}"
    return entry


def _more(trace: Trace, exchange: Exchange) -> Iterator[tuple[str, Any]]:
    yield "scenario", trace.header.scenario
    yield "step", exchange.step
    yield "sender", exchange.sender
    yield "recipient", exchange.to
    yield "endpoint", exchange.endpoint
    yield "operation", exchange.operation
    yield "code", exchange.code
    yield "error", exchange.error
    yield "fault", exchange.fault
    yield "attempt", exchange.attempt
    yield "tlsVersion", exchange.tls_version
    yield "cipher", exchange.cipher


def _comment(trace: Trace, exchange: Exchange) -> str:
    said = [f"{exchange.sender} to {exchange.to}: {exchange.operation or exchange.endpoint}"]
    said += [each for each in (exchange.code, exchange.error) if each]
    if about := trace.about_tokens(exchange):
        said.append(about)
    if exchange.attempt > 1:
        said.append(f"attempt {exchange.attempt}")
    if exchange.fault:
        said.append(f"fault {exchange.fault}")
    return ", ".join(said)


def _request(exchange: Exchange, meanings: Sequence[FieldMeaning]) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": _version(exchange),
        "cookies": [],
        "headers": _headers(exchange.request_headers, meanings),
        "queryString": [{"name": name, "value": value} for name, value in _query(exchange.url)],
        "headersSize": -1,
        "bodySize": len(exchange.request),
    }
    if exchange.request:
        kind = _header(exchange.request_headers, "content-type")
        request["postData"] = {"mimeType": kind or UNKNOWN, "params": [], **_text(kind, exchange.request)}
    return request


def _response(exchange: Exchange, meanings: Sequence[FieldMeaning]) -> dict[str, Any]:
    kind = _header(exchange.response_headers, "content-type")
    response = {
        "status": exchange.status or 0,
        "statusText": _phrase(exchange.status),
        "httpVersion": _version(exchange),
        "cookies": [],
        "headers": _headers(exchange.response_headers, meanings),
        "content": {
            "size": len(exchange.response),
            "mimeType": kind or UNKNOWN,
            **(_text(kind, exchange.response) if exchange.response else {}),
        },
        "redirectURL": _header(exchange.response_headers, "location"),
        "headersSize": -1,
        "bodySize": -1 if exchange.status is None else len(exchange.response),
    }
    if exchange.error is not None:
        response["_error"] = exchange.error
    return response


def _timings(exchange: Exchange, made: Connected | None) -> dict[str, float]:
    """Milliseconds; -1 where something does not apply. What TLS took is part of `connect`; bodies are sent at once."""
    opened = exchange.opened or 0
    answered = exchange.seconds if exchange.answered is None else exchange.answered
    connect = min(made.seconds, opened) if made else None
    return {
        "blocked": _milliseconds(opened - (connect or 0)),
        "dns": -1,
        "connect": -1 if connect is None else _milliseconds(connect),
        "ssl": -1,
        "send": 0,
        "wait": _milliseconds(answered - opened),
        "receive": _milliseconds(exchange.seconds - answered),
    }


def _text(kind: str, body: bytes) -> dict[str, str]:
    """A body as HAR's readers will make the same bytes of it."""
    if kind.startswith("text/"):
        try:
            return {"text": body.decode("utf-8")}
        except UnicodeDecodeError:
            pass
    return {"text": b64encode(body).decode("ascii"), "encoding": "base64"}


def _headers(headers: Headers, meanings: Sequence[FieldMeaning]) -> list[dict[str, str]]:
    """With a comment where a header says something of tokens."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    for each in meanings:
        said[each.place].append(each.said)
    return [
        {"name": name, "value": value, **({"comment": "; ".join(said[place])} if place in said else {})}
        for place, (name, value) in enumerate(headers)
    ]


def _header(headers: Headers, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")


def _query(url: str) -> list[tuple[str, str]]:
    """What stands behind the first question mark: a request target need not be valid, and `urlsplit` refuses some."""
    return parse_qsl(url.partition("?")[2], keep_blank_values=True)


def _version(exchange: Exchange) -> str:
    return VERSIONS.get(exchange.http_version or "", "unknown")


def _phrase(status: int | None) -> str:
    try:
        return HTTPStatus(status or 0).phrase
    except ValueError:
        return ""


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _milliseconds(seconds: float) -> float:
    return max(0.0, round(seconds * 1000, 3))
