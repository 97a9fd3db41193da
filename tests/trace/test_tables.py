"""The tables say what the events say, a row each, and every column means something."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from simulator.trace import ClientSecret, Dissection, Event, Mismatch, Node, Part, Segment, StepEnded, TLSSecret, Trace
from simulator.trace.tables import EVENTS, EXCHANGES, Column, events, exchanges
from tests.trace.examples import EXCHANGE, FAILURE, JOINED, trace
from tests.trace.tokens.exchanges import challenged, paid


def dissect(endpoint: str, part: Part, data: bytes) -> Dissection | None:
    """A decoder for which a body has one field: itself."""
    if not data:
        return None
    leaf = Node("data", "signed.data", "opaque<V>", data.hex(), 0, len(data))
    return Dissection(Node("Message", "", "Message", "", 0, len(data), (leaf,)))


def test_a_row_an_exchange() -> None:
    lost = replace(EXCHANGE, status=None, error="connection lost", response=b"", attempt=2, fault="drop_answer")
    found = exchanges([replace(trace(EXCHANGE, JOINED, lost), dissect=dissect)])
    assert found.columns == [column.name for column in EXCHANGES]
    answered, failed = found.rows(named=True)
    assert answered["started"] == datetime(1970, 1, 1, 0, 16, 41, tzinfo=UTC)
    place = ("scenario", "seed", "number", "step_number", "step")
    assert [answered[name] for name in place] == ["joins/second-device", 7, 11, 1, "1 send"]
    assert (answered["sender"], answered["recipient"], answered["host"]) == ("b.example", "a.example", "ds.a.example")
    assert (answered["request"], answered["request_bytes"]) == (b"\x00\xffquestion", 10)
    assert (answered["request_struct"], json.loads(answered["request_fields"])) == (
        "Message",
        {"signed.data": EXCHANGE.request.hex()},
    )
    assert json.loads(answered["response_fields"]) == {"signed.data": EXCHANGE.response.hex()}
    assert [failed[name] for name in ("status", "error", "attempt", "fault")] == [
        None,
        "connection lost",
        2,
        "drop_answer",
    ]
    assert (failed["response"], failed["response_struct"], failed["response_fields"]) == (b"", None, None)


def test_each_fact_of_an_exchange_is_in_its_own_column() -> None:
    facts = {
        "operation": "add_users",
        "method": "POST",
        "status": 409,
        "code": "wrong_epoch",
        "attempt": 4,
        "seconds": 0.75,
        "simulated": 2.5,
        "simulated_seconds": 0.08,
        "opened": 0.25,
        "answered": 0.5,
        "http_version": "2",
        "tls_version": "TLSv1.3",
        "cipher": "TLS_AES_128_GCM_SHA256",
        "connection": 9,
        "request": b"asked",
        "response": b"answered",
    }
    (row,) = exchanges([trace(replace(EXCHANGE, **facts))]).rows(named=True)
    assert {name: row[name] for name in facts} == facts
    assert (row["request_bytes"], row["response_bytes"]) == (5, 8)


def test_a_row_an_event_but_for_exchanges_bytes_and_secrets() -> None:
    here, there = ("127.0.0.1", 1), ("127.0.0.1", 2)
    segment = Segment(started=1001.0, connection=1, outward=True, client=here, server=there, data=b"x")
    secret = TLSSecret(started=1001.0, connection=1, line="CLIENT_RANDOM 00 00")
    own = ClientSecret(started=1001.0, client="c", group="g", epoch=1, label="exporter_secret", secret=b"secret")
    refused = replace(JOINED, kind="Rejected", rule="wrong_epoch", reason="it is of another epoch", details={"a": "b"})
    refused = replace(refused, requirement="P-5-ONCE")
    found = events([trace(EXCHANGE, segment, secret, own, FAILURE, refused)])
    assert found.columns == [column.name for column in EVENTS]
    rows = {row["event"]: row for row in found.rows(named=True)}
    assert list(rows) == ["step_began", "tls_failure", "protocol", "step_ended", "end"]
    assert rows["tls_failure"]["reason"] == "unsupported protocol"
    said = rows["protocol"]
    assert said["requirement"] == "P-5-ONCE"
    assert [said[name] for name in ("kind", "role", "name", "epoch", "rule")] == [
        "Rejected",
        "client",
        "alice.phone",
        2,
        "wrong_epoch",
    ]
    assert (said["reason"], json.loads(said["details"])) == ("it is of another epoch", {"a": "b"})
    assert (rows["end"]["result"], rows["end"]["kind"]) == ("passed", None)


def test_what_a_step_expected_is_a_sentence() -> None:
    ended = StepEnded(
        started=1.0,
        line=3,
        result="failed",
        message="not as expected",
        mismatches=(Mismatch(4, "200", "409"), Mismatch(5, "2 members", "3 members")),
    )
    row = events([Trace(trace().header, (ended,))]).row(0, named=True)
    assert (row["result"], row["message"]) == ("failed", "not as expected")
    assert row["mismatches"] == "expected 200, but 409; expected 2 members, but 3 members"


def test_tables_of_nothing_have_their_columns() -> None:
    assert exchanges([]).schema == exchanges([trace(EXCHANGE)]).schema
    assert events([]).schema == events([trace(EXCHANGE)]).schema


def test_a_body_is_decoded_once_for_all_its_columns() -> None:
    asked: list[tuple[Part, bytes]] = []

    def counting(endpoint: str, part: Part, data: bytes) -> Dissection | None:
        asked.append((part, data))
        return dissect(endpoint, part, data)

    exchanges([replace(trace(EXCHANGE), dissect=counting)])
    assert asked == [("request", EXCHANGE.request), ("response", EXCHANGE.response)]


@pytest.mark.parametrize("table", [EXCHANGES, EVENTS], ids=["exchanges", "events"])
def test_each_column_has_a_name_of_its_own_and_a_meaning(table: tuple[Column[Event], ...]) -> None:
    assert len({column.name for column in table}) == len(table)
    assert all(column.meaning for column in table)


def test_tokens_are_told_in_a_sentence_and_by_their_fields() -> None:
    wanted, presented, other = exchanges([trace(challenged(), paid(), EXCHANGE)]).rows(named=True)
    assert wanted["tokens"].startswith("wants a token of b.example for ds.b.example")
    assert json.loads(wanted["response_header_fields"])["www-authenticate[0].max-age"] == "1800"
    assert "authorization[0].token.nonce" in json.loads(presented["request_header_fields"])
    assert [other[name] for name in ("tokens", "request_header_fields", "response_header_fields")] == [None] * 3
