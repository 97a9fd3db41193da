"""A trace can be looked at by step, by flow and by kind."""

from dataclasses import replace

from simulator.trace import Dissection, End, Node, ProtocolEvent, TLSFailure, Trace
from simulator.trace.tree import Part
from tests.trace.examples import EXCHANGE, FAILURE, HEADER, JOINED, placed, trace
from tests.trace.tokens.exchanges import challenged, paid, requested

BACK = replace(EXCHANGE, sender="a.example", recipient="ds.b.example", provider="b.example")


def test_a_step_has_its_events_between_its_beginning_and_its_end() -> None:
    (step,) = trace(EXCHANGE, FAILURE, JOINED).steps
    assert (step.number, step.label) == (1, "1 send")
    assert step.began is not None
    assert step.ended is not None
    assert (step.began.note, step.ended.result) == ("why", "passed")
    assert [type(event).__name__ for event in step.events] == ["Exchange", "TLSFailure", "ProtocolEvent"]


def test_steps_stand_in_their_order_and_the_start_is_number_0() -> None:
    events = (*placed(EXCHANGE, step="2 sync", number=2), *placed(JOINED), *placed(FAILURE, step="start", number=0))
    assert [step.number for step in Trace(HEADER, events).steps] == [0, 1, 2]


def test_the_exchanges_of_a_pair_are_a_flow() -> None:
    (step,) = trace(EXCHANGE, BACK, EXCHANGE).steps
    assert {flow: len(found) for flow, found in step.flows.items()} == {
        ("a.example", "b.example"): 1,
        ("b.example", "a.example"): 2,
    }


def test_events_are_found_by_kind() -> None:
    found = trace(EXCHANGE, FAILURE, JOINED)
    assert [event.reason for event in found.of(TLSFailure)] == ["unsupported protocol"]
    assert [event.kind for event in found.of(ProtocolEvent)] == ["Joined"]
    assert [exchange.endpoint for exchange in found.exchanges] == ["deliver_message"]


def test_a_trace_without_an_end_is_unfinished() -> None:
    assert trace().result == "passed"
    assert isinstance(trace().end, End)
    assert Trace(HEADER, placed(EXCHANGE)).result == "unfinished"


def test_bodies_are_decoded_by_who_knows_the_draft() -> None:
    def dissect(endpoint: str, part: Part, data: bytes) -> Dissection:
        return Dissection(Node(part, "", endpoint, data.decode("latin-1"), 0, len(data)))

    found = Trace(HEADER, placed(EXCHANGE), dissect)
    request, response = found.request(found.exchanges[0]), found.response(found.exchanges[0])
    assert request is not None
    assert response is not None
    assert (request.root.name, response.root.name) == ("request", "response")
    assert response.root.value == "answer"


def test_tokens_are_read_without_any_layout() -> None:
    found = trace(challenged(), paid(), requested())
    wanted, presented, asked = found.exchanges
    assert found.about_tokens(presented).startswith("a token of b.example for ds.b.example")
    assert [each.name for each in found.fields(wanted, "response")] == ["www-authenticate"]
    assert found.fields(wanted, "request") == ()
    request, response = found.request(asked), found.response(asked)
    assert request is not None
    assert response is not None
    assert (request.root.type, response.root.type) == ("TokenRequest", "TokenResponse")
