"""A diagram shows everybody in the header, all exchanges as they happened, and steps above what is theirs."""

from dataclasses import replace

import pytest

from simulator.trace import (
    ClientShown,
    End,
    Exchange,
    Header,
    ProtocolEvent,
    ProviderShown,
    Recorder,
    StepBegan,
    StepEnded,
    TLSFailure,
    Trace,
)
from simulator.trace.drawing.sequence import Band, Message, Note, sequence

HEADER = Header(
    scenario="fanout/one",
    name="One",
    seed=1,
    draft="mimi-transport-00",
    started=100.0,
    providers=(
        ProviderShown("a.example", "ds.a.example", (ClientShown("alice.phone", "mimi://a.example/d/alice/phone"),)),
        ProviderShown("b.example", "ds.b.example"),
    ),
)


def exchange(started: float, seconds: float, **what: object) -> Exchange:
    facts: dict[str, object] = {
        "sender": "a.example",
        "recipient": "ds.b.example",
        "endpoint": "deliver_message",
        "method": "POST",
        "url": "https://ds.b.example/deliver_message",
        "request_headers": (),
        "request": b"",
        "status": 200,
    }
    return Exchange(started=started, seconds=seconds, **(facts | what))  # type: ignore[arg-type]


def joined(started: float, **what: object) -> ProtocolEvent:
    facts: dict[str, object] = {"role": "client", "actor": "x", "name": "alice.phone", "kind": "Joined", "epoch": 2}
    return ProtocolEvent(started=started, **(facts | what))  # type: ignore[arg-type]


def trace(*events: Exchange | ProtocolEvent | TLSFailure | StepBegan | StepEnded, steps: tuple[int, ...] = ()) -> Trace:
    recorder = Recorder()
    for position, event in enumerate(events):
        if steps:
            recorder.enter(f"{steps[position]} send", steps[position])
        recorder.add(event)
    return Trace(HEADER, recorder.events)


def shape(found: Trace, *, split: bool = True) -> list[str]:
    """The rows, each in a word and a number."""
    said = []
    for row in sequence(found, split=split).rows:
        match row:
            case Band(step):
                said.append(f"band {step.number}")
            case Message(sent, part=part):
                said.append(f"{part} {sent.number}")
            case Note(event):
                said.append(f"note {event.number}")
    return said


def test_clients_stand_beside_their_provider_and_strangers_behind_all() -> None:
    found = sequence(trace(exchange(1, 0.5, sender="stranger", recipient="who.example")))
    assert [(lane.name, lane.kind, lane.provider) for lane in found.lanes] == [
        ("a.example", "provider", "a.example"),
        ("alice.phone", "client", "a.example"),
        ("b.example", "provider", "b.example"),
        ("stranger", "other", "stranger"),
        ("who.example", "other", "who.example"),
    ]


@pytest.mark.parametrize("recipient", ["ds.b.example", "b.example"])
def test_a_host_stands_for_its_provider(recipient: str) -> None:
    found = sequence(trace(exchange(1, 0.5, recipient=recipient)))
    assert found.rows[1] == Message(found.rows[1].exchange, 0, 2, "both")  # type: ignore[union-attr]
    assert len(found.lanes) == 3


def test_request_and_answer_are_one_row_if_nothing_is_between() -> None:
    assert shape(trace(exchange(1, 0.5), exchange(2, 0.5))) == ["band 0", "both 1", "both 2"]


def test_what_a_server_asks_before_it_answers_stands_between_request_and_answer() -> None:
    outer = exchange(1, 3)
    inner = exchange(2, 0.5, sender="b.example", recipient="ds.a.example")
    assert shape(trace(outer, inner)) == ["band 0", "request 1", "both 2", "answer 1"]
    assert shape(trace(outer, inner), split=False) == ["band 0", "both 1", "both 2"]


def test_exchanges_that_overlap_end_in_the_order_of_their_answers() -> None:
    found = trace(exchange(1, 3), exchange(2, 0.5), exchange(3, 5))
    assert shape(found) == ["band 0", "request 1", "both 2", "request 3", "answer 1", "answer 3"]


def test_a_note_stands_where_it_happened() -> None:
    found = trace(exchange(1, 3), joined(2), exchange(5, 1))
    assert shape(found) == ["band 0", "request 1", "note 2", "answer 1", "both 3"]
    note = sequence(found).rows[2]
    assert isinstance(note, Note)
    assert (note.lane, note.text) == (1, "joined at epoch 2")


def test_a_tls_failure_stands_at_the_server() -> None:
    found = sequence(trace(TLSFailure(server="b.example", reason="unsupported protocol", peer=("::1", 1), started=1)))
    assert found.rows[1:] == (
        Note(found.rows[1].event, 2, "TLS failed: unsupported protocol"),  # type: ignore[union-attr]
    )


def test_bands_stand_above_what_began_in_their_step_and_answers_may_come_later() -> None:
    began = [StepBegan(started=1, line=3), StepBegan(started=3, line=4)]
    found = trace(began[0], exchange(2, 5), began[1], exchange(4, 0.5), steps=(1, 1, 2, 2))
    assert shape(found) == ["band 1", "request 2", "band 2", "both 4", "answer 2"]
    band = sequence(found).rows[0]
    assert isinstance(band, Band)
    assert band.step.began == replace(began[0], number=1, step="1 send", step_number=1)


def test_a_start_without_anything_to_see_has_no_band_unless_it_failed() -> None:
    idle = joined(0.5, role="provider", name="b.example", kind="Started")
    send = StepBegan(started=1, line=3)
    failed = StepEnded(started=0.6, line=1, result="failed")
    assert shape(trace(idle, send, steps=(0, 1))) == ["band 1"]
    assert shape(trace(idle)) == []
    assert shape(trace(idle, exchange(0.5, 0.1), send, steps=(0, 0, 1))) == ["band 0", "both 2", "band 1"]
    assert shape(trace(idle, failed, steps=(0, 0))) == ["band 0"]


def test_the_end_of_a_step_makes_no_band_even_where_it_is_said_late() -> None:
    events = [
        StepBegan(started=1, line=3),
        exchange(2, 0.5),
        StepBegan(started=3, line=4),
        StepEnded(started=4, line=3, result="passed"),
    ]
    assert shape(trace(*events, steps=(1, 1, 2, 1))) == ["band 1", "both 2", "band 2"]


def test_the_verdict_has_no_row() -> None:
    recorder = Recorder()
    recorder.enter("1 send", 1)
    recorder.add(exchange(1, 0.5))
    recorder.enter(None)
    recorder.add(End(started=2, result="passed", seconds=1))
    assert shape(Trace(HEADER, recorder.events)) == ["band 1", "both 1"]


def test_what_providers_do_all_the_time_has_no_row() -> None:
    enqueued = joined(1, role="provider", name="b.example", kind="Enqueued")
    refused = joined(2, role="provider", name="b.example", kind="Refused")
    stopped = joined(3, kind="Stopped")
    assert shape(trace(enqueued, refused, stopped)) == ["band 0", "note 2", "note 3"]
