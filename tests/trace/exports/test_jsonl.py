"""JSON lines: an object an event, bodies as nested values that jq can walk."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.trace import ClientSecret, Dissection, Exchange, Node, Part, Segment, TLSSecret, Trace
from simulator.trace.exports import jsonl
from tests.trace.examples import EXCHANGE, FAILURE, HEADER, JOINED, trace
from tests.trace.tokens.exchanges import challenged, listed, paid


def lines(*traces: Trace, path: Path) -> list[dict[str, Any]]:
    jsonl.write(traces, path)
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_object_a_line_in_the_order_of_events(tmp_path: Path) -> None:
    found = lines(trace(EXCHANGE, FAILURE, JOINED), path=tmp_path / "out")
    assert [each["event"] for each in found] == [
        "header",
        "step_began",
        "exchange",
        "tls_failure",
        "protocol",
        "step_ended",
        "end",
    ]
    assert {each["scenario"] for each in found} == {HEADER.scenario}
    assert (found[2]["sender"], found[2]["status"], found[2]["step"]) == ("b.example", 200, "1 send")
    assert found[2]["request_headers"] == [["content-type", "application/octet-stream"]]
    assert found[2]["request"] == {"size": 10, "hex": EXCHANGE.request.hex()}
    assert (found[4]["kind"], found[4]["epoch"]) == ("Joined", 2)


def test_every_body_of_a_run_is_there_and_decoded(traces: tuple[Trace, ...], tmp_path: Path) -> None:
    found = [each for each in lines(*traces, path=tmp_path / "out") if each["event"] == "exchange"]
    exchanges = [exchange for trace in traces for exchange in trace.exchanges]
    bodies = [(bytes.fromhex(each["request"]["hex"]), bytes.fromhex(each["response"]["hex"])) for each in found]
    assert bodies == [(exchange.request, exchange.response) for exchange in exchanges]
    for each, exchange in zip(found, exchanges, strict=True):
        assert "decoded" in each["request"] or not exchange.request
        assert each["request"].get("error") is None
    joined = next(each for each in found if each["operation"] == "external_join")
    assert joined["request"]["struct"] == "DSRequest"
    assert joined["request"]["decoded"]["sender"] == joined["sender"]
    assert any(text.startswith("mimi://") for text in joined["request"]["texts"].values())


def test_nothing_of_a_tree_is_lost(traces: tuple[Trace, ...]) -> None:
    def leaves(value: Any) -> int:
        if isinstance(value, dict | list) and value:
            return sum(map(leaves, value.values() if isinstance(value, dict) else value))
        return 1

    for each in traces:
        for exchange in each.exchanges:
            for meaning in (each.request(exchange), each.response(exchange)):
                if meaning is not None:
                    assert leaves(jsonl.value(meaning.root)) == len(list(meaning.root.leaves()))


def test_bytes_of_connections_and_secrets_are_left_out(traces: tuple[Trace, ...], tmp_path: Path) -> None:
    assert list(traces[0].of(Segment))
    assert list(traces[0].of(TLSSecret))
    kinds = {each["event"] for each in lines(*traces, path=tmp_path / "out")}
    assert not kinds & {"segment", "tls_secret", "client_secret"}
    assert "SECRET" not in (tmp_path / "out").read_text()


def leaf(kind: str, value: str, name: str = "field") -> Node:
    return Node(name, name, kind, value, 0, 0)


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (leaf("uint16", "65535"), 65535),
        (leaf("opaque<V>", "00ff"), "00ff"),
        (leaf("utf8<V>", "12"), "12"),
        (leaf("ResponseType", "ok(0)"), "ok(0)"),
        (leaf("absent", ""), None),
        (leaf("vector<V>", ""), []),
        (leaf("opaque<V>", ""), ""),
        (Node("v", "v", "vector<V>", "", 0, 2, (leaf("uint8", "1", "[0]"), leaf("uint8", "2", "[1]"))), [1, 2]),
        (Node("s", "s", "Struct", "", 0, 2, (leaf("uint8", "1", "a"), leaf("uint8", "2", "b"))), {"a": 1, "b": 2}),
    ],
)
def test_values(node: Node, value: object) -> None:
    assert jsonl.value(node) == value


def test_what_could_not_be_decoded_says_why(tmp_path: Path) -> None:
    def dissect(endpoint: str, part: Part, data: bytes) -> Dissection:
        return Dissection(leaf("opaque<V>", data.hex(), "Message"), "offset 3: too short")

    bad: Exchange = replace(EXCHANGE, response=b"")
    found = lines(replace(trace(bad), dissect=dissect), path=tmp_path / "out")[2]
    assert found["request"]["error"] == "offset 3: too short"


def test_secrets_of_clients_are_left_out(tmp_path: Path) -> None:
    secret = ClientSecret(started=1.0, client="c", group="g", epoch=1, label="exporter_secret", secret=b"never told")
    kinds = [each["event"] for each in lines(trace(secret), path=tmp_path / "out")]
    assert kinds == ["header", "step_began", "step_ended", "end"]


def test_what_headers_say_of_tokens_is_decoded(tmp_path: Path) -> None:
    wanted, presented, other = lines(trace(challenged(), paid(), EXCHANGE), path=tmp_path / "out")[2:5]
    (found,) = wanted["response_headers_decoded"]
    assert found["said"].startswith("wants a token of b.example for ds.b.example")
    assert found["values"]["challenge.issuer_name"] == "b.example"
    assert presented["request_headers_decoded"][0]["said"].startswith("a token of b.example for ds.b.example")
    assert not {"request_headers_decoded", "response_headers_decoded"} & other.keys()


def test_a_directory_is_json_again(tmp_path: Path) -> None:
    body = listed(budget={"per": "user", "tokens": 3, "period": 60})
    found = lines(trace(body), path=tmp_path / "out")[2]["response"]
    assert (found["struct"], found["decoded"]) == ("TokenDirectory", json.loads(body.response))
