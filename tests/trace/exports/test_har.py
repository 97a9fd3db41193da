"""The HTTP archive: a HAR reader finds pages and entries, and every body comes back byte for byte."""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from haralyzer import HarEntry, HarParser

from simulator.trace import Connected, Exchange, StepBegan, Trace
from simulator.trace.exports import har
from tests.trace.examples import EXCHANGE, trace
from tests.trace.tokens.exchanges import challenged

TEXT, NUMBER, WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}
DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$"}
PAIRS = {"type": "array", "items": {"type": "object", "required": ["name", "value"]}}


def objects(**fields: Mapping[str, Any]) -> dict[str, Any]:
    """A schema of objects that must have these fields; others only as HAR wants them, with `_`, or a comment."""
    also = {"comment": TEXT, "postData": {"type": "object"}, "text": TEXT, "encoding": {"const": "base64"}}
    rest = {"pageref": TEXT, "serverIPAddress": {"type": "string", "format": "ipv4"}, "connection": TEXT}
    return {
        "type": "object",
        "required": list(fields),
        "properties": {**fields, **{name: also[name] for name in also if name not in fields}, **rest},
        "patternProperties": {"^_": {}},
        "additionalProperties": False,
    }


MESSAGE: dict[str, Mapping[str, Any]] = {
    "httpVersion": TEXT,
    "cookies": PAIRS,
    "headers": PAIRS,
    "headersSize": WHOLE,
    "bodySize": WHOLE,
}
REQUEST = objects(method=TEXT, url=TEXT, queryString=PAIRS, **MESSAGE)
REQUEST["properties"]["postData"] = objects(mimeType=TEXT, text=TEXT, params=PAIRS)
CONTENT = objects(size=WHOLE, mimeType=TEXT)
RESPONSE = objects(status=WHOLE, statusText=TEXT, content=CONTENT, redirectURL=TEXT, **MESSAGE)
SPENT = {"type": "number", "minimum": 0}
MAYBE = {"type": "number", "minimum": -1}
TIMINGS = objects(send=SPENT, wait=SPENT, receive=SPENT, blocked=MAYBE, dns=MAYBE, connect=MAYBE, ssl=MAYBE)
ENTRY = objects(
    startedDateTime=DATE, time=SPENT, request=REQUEST, response=RESPONSE, cache={"type": "object"}, timings=TIMINGS
)
PAGE = objects(startedDateTime=DATE, id=TEXT, title=TEXT, pageTimings=objects(onContentLoad=NUMBER, onLoad=NUMBER))
LOG = objects(
    version={"const": "1.2"},
    creator=objects(name=TEXT, version=TEXT),
    pages={"type": "array", "items": PAGE},
    entries={"type": "array", "items": ENTRY},
)
"""HAR 1.2, as far as it is used here: what its readers demand, and nothing that they do not know."""


def entry(exchange: Exchange, *others: Connected) -> dict[str, Any]:
    """What the archive says of one exchange."""
    (found,) = har.archive([trace(*others, exchange)])["log"]["entries"]
    assert isinstance(found, dict)
    return found


def sent(entry: HarEntry) -> bytes:
    """The body of an entry's request."""
    data = entry.raw_entry["request"].get("postData")
    return body(data) if data else b""


def body(content: dict[str, str]) -> bytes:
    text = content.get("text", "")
    return b64decode(text) if content.get("encoding") == "base64" else text.encode()


@pytest.fixture
def parser(traces: tuple[Trace, ...], tmp_path: Path) -> HarParser:
    har.write(traces, tmp_path / "run.har")
    return HarParser(json.loads((tmp_path / "run.har").read_bytes()))


def test_a_page_is_a_step_in_which_something_was_asked(parser: HarParser, traces: tuple[Trace, ...]) -> None:
    steps = [(trace.header, step) for trace in traces for step in trace.steps if step.exchanges]
    assert [page.page_id for page in parser.pages] == [f"{header.scenario}#{step.number}" for header, step in steps]
    assert [len(page.entries) for page in parser.pages] == [len(step.exchanges) for _, step in steps]
    assert parser.pages[0].title == f"{traces[0].header.scenario}, step 1 connect"
    assert len(parser.har_data["entries"]) == sum(len(trace.exchanges) for trace in traces)


def test_every_body_comes_back_byte_for_byte(parser: HarParser, traces: tuple[Trace, ...]) -> None:
    exchanges = sorted((each for trace in traces for each in trace.exchanges), key=lambda each: each.started)
    entries = [entry for page in parser.pages for entry in page.entries]
    entries.sort(key=lambda entry: entry.raw_entry["startedDateTime"])
    assert [(each.request.method, each.request.url) for each in entries] == [(e.method, e.url) for e in exchanges]
    assert [sent(each) for each in entries] == [each.request for each in exchanges]
    assert [body(each.raw_entry["response"]["content"]) for each in entries] == [each.response for each in exchanges]
    assert [each.response.status for each in entries] == [each.status or 0 for each in exchanges]
    assert any(each.request.method == "GET" and sent(each) for each in entries)


def test_it_is_what_readers_expect(traces: tuple[Trace, ...]) -> None:
    content = har.archive(traces)
    jsonschema.validate(content, objects(log=LOG), format_checker=jsonschema.FormatChecker())
    pages = [page["id"] for page in content["log"]["pages"]]
    assert len(set(pages)) == len(pages)
    for each in content["log"]["entries"]:
        assert each["pageref"] in pages
        assert each["time"] == pytest.approx(sum(spent for spent in each["timings"].values() if spent > 0))


def test_the_schema_is_no_rubber_stamp(traces: tuple[Trace, ...]) -> None:
    content = har.archive(traces)
    del content["log"]["entries"][-1]["response"]["content"]["mimeType"]
    with pytest.raises(jsonschema.ValidationError, match="'mimeType' is a required property"):
        jsonschema.validate(content, objects(log=LOG))


def test_versions_and_connections(traces: tuple[Trace, ...]) -> None:
    entries = [each for each in har.archive(traces)["log"]["entries"] if each["response"]["status"]]
    assert {each["request"]["httpVersion"] for each in entries} == {"HTTP/1.1", "HTTP/2.0"}
    assert {each["serverIPAddress"] for each in entries} == {"127.0.0.1"}
    for each in traces:
        connections = {other["connection"] for other in entries if other["_scenario"] == each.header.scenario}
        assert connections == {f"{each.header.scenario} {e.connection}" for e in each.exchanges if e.status}


def test_text_is_text_and_all_else_is_base64() -> None:
    said = entry(replace(EXCHANGE, response_headers=(("Content-Type", "text/plain; charset=utf-8"),)))
    assert said["response"]["content"] == {"size": 6, "mimeType": "text/plain; charset=utf-8", "text": "answer"}
    assert said["request"]["postData"] == {
        "mimeType": "application/octet-stream",
        "params": [],
        "text": "AP9xdWVzdGlvbg==",
        "encoding": "base64",
    }
    spoilt = entry(replace(EXCHANGE, response_headers=(("content-type", "text/plain"),), response=b"\xff"))
    assert (spoilt["response"]["content"]["text"], spoilt["response"]["content"]["encoding"]) == ("/w==", "base64")


def test_nothing_to_say_is_no_body() -> None:
    said = entry(replace(EXCHANGE, request=b"", response=b"", response_headers=()))
    assert "postData" not in said["request"]
    assert said["response"]["content"] == {"size": 0, "mimeType": "x-unknown"}


def test_a_lost_answer_is_status_0_and_its_reason() -> None:
    said = entry(
        replace(
            EXCHANGE, status=None, response=b"", http_version=None, error="nobody listens", attempt=3, fault="crash"
        )
    )
    answer = said["response"]
    assert [answer[name] for name in ("status", "statusText", "bodySize", "_error", "httpVersion")] == [
        0,
        "",
        -1,
        "nobody listens",
        "unknown",
    ]
    assert said["comment"] == "b.example to a.example: deliver_message, nobody listens, attempt 3, fault crash"
    assert (said["_attempt"], said["_fault"], said["_error"]) == (3, "crash", "nobody listens")


def test_a_refusal_has_its_code_and_a_redirect_its_target() -> None:
    said = entry(replace(EXCHANGE, status=409, code="wrong_epoch"))
    assert (said["response"]["statusText"], said["_code"]) == ("Conflict", "wrong_epoch")
    moved = entry(replace(EXCHANGE, status=302, response_headers=(("location", "https://a.example/"),)))
    assert moved["response"]["redirectURL"] == "https://a.example/"
    assert entry(replace(EXCHANGE, status=299))["response"]["statusText"] == ""


def test_the_query_is_taken_apart() -> None:
    said = entry(replace(EXCHANGE, url="https://ds.a.example/group_operation?group=other&empty="))
    assert said["request"]["queryString"] == [{"name": "group", "value": "other"}, {"name": "empty", "value": ""}]


@pytest.mark.parametrize("target", [" *", " [x", "/\u2100", " http://[::1/"])
def test_a_target_that_is_no_path_has_no_query(target: str) -> None:
    said = entry(replace(EXCHANGE, url=f"https://a.example{target}"))
    assert (said["request"]["queryString"], said["request"]["url"]) == ([], f"https://a.example{target}")


def test_only_the_first_on_a_connection_waited_for_it() -> None:
    connected = Connected(
        started=1001.0,
        connection=1,
        sender="b.example",
        host="ds.a.example",
        client=("127.0.0.1", 5),
        server=("127.0.0.1", 6),
        http_version="1.1",
        tls_version="TLSv1.3",
        cipher="x",
        seconds=0.1,
    )
    exchange = replace(EXCHANGE, opened=0.15, answered=0.4)
    later = replace(exchange, started=1002.0, opened=0.01)
    first, second = har.archive([trace(connected, exchange, later)])["log"]["entries"]
    names = ("blocked", "connect", "send", "wait", "receive")
    assert [first["timings"][name] for name in names] == [50, 100, 0, 250, 100]
    assert [second["timings"][name] for name in names] == [10, -1, 0, 390, 100]
    assert (first["time"], second["time"]) == (500, 500)


def test_what_happens_before_the_first_step_has_a_page() -> None:
    early = replace(EXCHANGE, step="start", step_number=0)
    lonely = Trace(trace().header, (StepBegan(started=1.0, line=1, step="1 send", step_number=1), early))
    (page,) = har.archive([lonely])["log"]["pages"]
    assert (page["id"], page["title"]) == ("joins/second-device#start", "joins/second-device, start")


def test_runs_of_one_scenario_have_pages_of_their_own() -> None:
    first = trace(EXCHANGE)
    second = replace(first, header=replace(first.header, seed=8), again=True)
    log = har.archive([first, second])["log"]
    assert len({page["id"] for page in log["pages"]}) == len(log["pages"]) == 2
    assert {entry["pageref"] for entry in log["entries"]} == {page["id"] for page in log["pages"]}


def test_whatever_else_is_known_of_an_exchange_is_there() -> None:
    known = {"tls_version": "TLSv1.3", "cipher": "TLS_AES_128_GCM_SHA256", "operation": "add_users", "fault": "delay"}
    (entry,) = har.archive([trace(replace(EXCHANGE, **known))])["log"]["entries"]
    assert {name.lstrip("_"): value for name, value in entry.items() if name.startswith("_")} == {
        "scenario": "joins/second-device",
        "step": "1 send",
        "sender": "b.example",
        "recipient": "a.example",
        "endpoint": EXCHANGE.endpoint,
        "operation": "add_users",
        "attempt": 1,
        "fault": "delay",
        "tlsVersion": "TLSv1.3",
        "cipher": "TLS_AES_128_GCM_SHA256",
    }


def test_headers_that_say_something_of_tokens_have_a_comment() -> None:
    said = entry(challenged())
    plain, wanted = said["response"]["headers"]
    assert plain == {"name": "content-type", "value": "application/octet-stream"}
    assert wanted["comment"].startswith("wants a token of b.example for ds.b.example")
    assert wanted["comment"] in said["comment"]
