"""The lines of a golden trace are read again, and compared."""

from dataclasses import replace

from simulator.trace.comparing.canonical import canonical
from simulator.trace.comparing.golden_lines import Line, by_step, compared, facts_of, head_of, notices, sent
from simulator.trace.comparing.golden_text import golden_text
from tests.trace.examples import EXCHANGE, JOINED, trace


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
    facts = facts_of(message.text)
    assert (facts.pop("request bytes")[0], facts.pop("answer bytes")[0]) == ("@", "@")
    assert facts == {
        "request size": "10",
        "answer size": "6",
        "status": "409",
        "operation": "send_message",
        "code": "wrong_epoch",
        "http": "2",
    }


def test_what_was_noticed_and_what_went_over_the_wire_are_in_them() -> None:
    run = by_step(golden_text(canonical(trace(EXCHANGE, JOINED))))
    assert dict(notices(run))["1 send"] == ["Joined 2"]
    ((found),) = sent("a", run)
    assert (found.step, found.step_id, found.operation, found.size) == ("send", "a 1 send", "deliver_message", 16)


def test_only_random_bytes_that_differ_are_counted() -> None:
    texts = (
        f"draft seed 1: passed\nstep 1 send: passed\n  a > b\n    ask POST 200 5>5 | body=Question@{digests} | v=1\n"
        for digests in ("0a0b0c.1111", "0a0b0c.2222", "0a0b0d.2222")
    )
    one, random, other = (by_step(text) for text in texts)
    assert [(c.field, c.new, c.is_random) for c in compared("x", one, random)] == [("bytes", "1", True)]
    ((change),) = compared("x", random, other)
    assert (change.message, change.field, change.old) == ("ask #1 request", "body", "Question@0a0b0c.2222")
