"""A golden trace reads as what happened, and what was written is read again."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from simulator.trace.comparing.canonical import canonical
from simulator.trace.comparing.golden_text import (
    Line,
    by_step,
    facts_of,
    golden_text,
    head_of,
    read_shapes,
    shapes_text,
)
from tests.trace.examples import EXCHANGE, JOINED, trace


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:6]


def test_a_golden_trace_reads_as_what_happened() -> None:
    assert golden_text(canonical(trace(EXCHANGE, JOINED))).splitlines() == [
        "mimi-transport-00 seed 7: passed",
        "step 1 send: passed",
        "  b.example > a.example",
        f"    deliver_message POST 200 10>6 | bytes=@{digest(EXCHANGE.request)} | bytes=@{digest(EXCHANGE.response)}",
        "  alice.phone: Joined 2",
    ]


def test_the_lines_of_a_step_are_together_and_know_where_they_stand() -> None:
    (run,), (verdict, message, noticed) = by_step(golden_text(canonical(trace(EXCHANGE, JOINED))))
    assert run == Line("", "", "mimi-transport-00 seed 7: passed")
    assert head_of(run.text) == ("mimi-transport-00", "7", "passed")
    assert verdict == Line("1 send", "", "passed")
    assert (message.step, message.where) == ("1 send", "b.example -> a.example")
    assert noticed == Line("1 send", "alice.phone", "Joined 2")


def test_a_message_has_its_facts_by_name() -> None:
    other = replace(EXCHANGE, operation="send_message", status=409, code="wrong_epoch", http_version="2")
    _, (_, message) = by_step(golden_text(canonical(trace(other))))
    assert facts_of(message.text) == {
        "request size": "10",
        "answer size": "6",
        "status": "409",
        "operation": "send_message",
        "code": "wrong_epoch",
        "http": "2",
        "request bytes": f"@{digest(EXCHANGE.request)}",
        "answer bytes": f"@{digest(EXCHANGE.response)}",
    }


def test_shapes_are_read_as_they_were_written(tmp_path: Path) -> None:
    shapes = {"DSRequest": {"version": {"uint16"}, "body": {"AddUsers", "SendMessage"}}, "Key": {"[]": {"opaque<V>"}}}
    (tmp_path / "shapes.txt").write_text(shapes_text(shapes))
    assert read_shapes(tmp_path / "shapes.txt") == shapes
