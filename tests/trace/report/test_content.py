"""What the page knows at once: counts, lines of exchanges, steps with their verdicts, rows by reference."""

from dataclasses import replace

import pytest

from simulator.trace import Recorder, StepBegan, Trace
from simulator.trace.report.blocks import Blocks
from simulator.trace.report.content import ANSWER, BAND, BOTH, COLUMNS, NOTE, REQUEST, outcome, run_content
from tests.trace.report.runs import BEGAN, HEADER, event, exchange, forwarded, passing


def test_a_run_is_summed_up() -> None:
    run = run_content([forwarded(), passing()], Blocks())
    assert (run["started"], run["seconds"], run["seeds"], run["tls_failures"]) == (BEGAN, 3.0, [7], 1)
    assert run["bytes"] == 5 * 72 + 4 * 3
    assert [each["result"] for each in run["scenarios"]] == ["failed", "passed"]


def test_rows_refer_to_steps_exchanges_and_marks() -> None:
    (scenario,) = run_content([forwarded()], Blocks())["scenarios"]
    kinds = (BAND, 0, REQUEST, 0, BOTH, 1, ANSWER, 0, NOTE, 0, BOTH, 2, NOTE, 1, NOTE, 2, BAND, 1, BOTH, 3)
    assert scenario["layout"] == list(kinds)


def test_an_exchange_is_a_line() -> None:
    (scenario,) = run_content([forwarded()], Blocks())["scenarios"]
    line = dict(zip(COLUMNS, scenario["exchanges"][3], strict=True))
    assert (line["sender"], line["recipient"], line["status"], line["code"]) == (3, 2, 403, "wrong_recipient")
    assert (line["started"], line["seconds"], line["sent"], line["received"]) == (1100.0, 10.0, 72, 3)


def test_steps_have_their_verdict_and_what_was_expected() -> None:
    (scenario,) = run_content([forwarded()], Blocks())["scenarios"]
    send, forward = scenario["steps"]
    assert (send["label"], send["line"], send["result"], send["attack"]) == ("send", 12, "passed", False)
    assert (forward["label"], forward["result"], forward["attack"]) == ("forward", "failed", True)
    assert forward["mismatches"] == [(17, "http 200", "403 wrong_recipient")]


def test_a_trace_that_breaks_off_is_unfinished_and_so_is_its_step() -> None:
    recorder = Recorder()
    recorder.enter("1 send", 1)
    recorder.add(StepBegan(started=BEGAN, line=1))
    (scenario,) = run_content([Trace(HEADER, recorder.events)], Blocks())["scenarios"]
    assert (scenario["result"], scenario["seconds"], scenario["steps"][0]["result"]) == (
        "unfinished",
        None,
        "unfinished",
    )


@pytest.mark.parametrize(
    ("kind", "tone"), [("Joined", "good"), ("Rejected", "refused"), ("Crashed", "bad"), ("FellBehind", "bad")]
)
def test_events_have_a_tone(kind: str, tone: str) -> None:
    recorder = Recorder()
    recorder.add(event(1, kind))
    (scenario,) = run_content([Trace(HEADER, recorder.events)], Blocks())["scenarios"]
    assert scenario["marks"][0]["tone"] == tone


def test_a_decision_names_what_it_follows() -> None:
    recorder = Recorder()
    recorder.add(replace(event(1, "Retried"), requirement="P-5-OUTBOX", reason="it was in vain once"))
    (scenario,) = run_content([Trace(HEADER, recorder.events)], Blocks())["scenarios"]
    (mark,) = scenario["marks"]
    assert mark["text"].endswith("it was in vain once [P-5-OUTBOX]")
    assert ("Requirement", "P-5-OUTBOX") in mark["facts"]


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({}, "answered"),
        ({"status": 409, "refused": True}, "refused"),
        ({"status": 502, "refused": True}, "failed"),
        ({"status": None, "error": "gone"}, "failed"),
        ({"status": 200, "error": "cut off"}, "failed"),
    ],
)
def test_how_an_exchange_went(facts: dict[str, object], word: str) -> None:
    assert outcome(exchange(1, **facts)) == word  # type: ignore[arg-type]


def test_runs_of_one_scenario_have_addresses_of_their_own() -> None:
    run = run_content([passing(), replace(passing(), again=True)], Blocks())
    assert [each["id"] for each in run["scenarios"]] == ["fanout/one[suite=3]", "fanout/one[suite=3] seed 7"]
