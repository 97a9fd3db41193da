"""Fields, signatures and bytes of a captured request."""

import pytest

from simulator.scenario import ScenarioFileError
from simulator.trace import Recorder
from tests.scenario.small_scenarios import TEAM, fails, passes, play, scenario

CAPTURED = (
    TEAM
    + """
  - offline: bob
  - send: {by: alice, group: team}
    as: hello
  - capture: {endpoint: deliver_message, from: a.example, to: b.example, during: hello}
    as: delivery
"""
)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ("set: {sender: c.example}", "http: 401, error: invalid_signature"),
        ("set: {recipient: c.example}", "http: 403, error: wrong_recipient"),
        ("set: {signature: hex:00}", "http: 401, error: invalid_signature"),
        ("set: {version: 9}", "http: 400, error: unsupported_version"),
        ("signed_by: c.example", "http: 401, error: invalid_signature"),
        ("set: {sender: c.example}, signed_by: c.example", "http: 403, error: not_authorized"),
        ("endpoint: connection_request", "http: 400, error: unsupported_operation"),
        ("cut: 3", "http: 400, error: malformed"),
        ("cut: 100000", "http: 400, error: malformed"),
        ('append: "0a 0b"', "http: 400, error: malformed"),
        ("signed_by: a.example", "http: 200"),
    ],
)
async def test_what_comes_of_a_changed_request(change: str, outcome: str) -> None:
    await passes(
        CAPTURED
        + f"""
  - tamper: {{request: delivery, {change}}}
    as: changed
  - forward: {{request: changed, by: a.example, to: b.example}}
    expect: {{{outcome}, queued: {{clients: bob, count: 1}}}}
"""
    )


async def test_signed_anew_by_its_sender_a_changed_request_is_another_one() -> None:
    await passes(
        CAPTURED
        + """
  - tamper: {request: delivery, set: {request_type: qs_deliver_message}, signed_by: a.example}
    as: same
  - forward: {request: same, by: a.example, to: b.example}
    expect: {queued: {clients: bob, count: 1}}
"""
    )


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        (
            "tamper: {request: delivery, set: {recipent: c.example}}",
            '39: recipent: QueueingServiceRequest has no field "recipent" (did you mean "recipient"?)',
        ),
        ("tamper: {request: delivery, flip: [sender.name]}", 'sender.name: nothing has fields where "name" should be'),
        ("tamper: {request: delivery, delete: recipients.0.cleint_id}", '(did you mean "client_id"?)'),
        ("tamper: {request: twice, set: {sendr: x}}", '(did you mean "sender"?)'),
        ("answer: {by: b.example, endpoint: verification_key, set: {versoin: 1}}", "did you mean"),
    ],
)
def test_a_path_that_leads_nowhere_is_a_mistake_in_the_file(step: str, complaint: str) -> None:
    with pytest.raises(ScenarioFileError) as raised:
        scenario(f"{CAPTURED}  - tamper: {{request: delivery, cut: 1}}\n    as: twice\n  - {step}\n")
    (problem,) = raised.value.problems
    assert complaint in str(problem)
    assert problem.span is not None
    assert problem.span.column > len("  - tamper: {")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("set: {version: 70000}", "version: 70000 has no place on the wire"),
        ("signed_by: b.example, signed_by_client: bob", "a signature is either a provider's or a client's"),
    ],
)
async def test_what_the_struct_can_not_be_fails_the_step(change: str, complaint: str) -> None:
    mismatch = await fails(
        TEAM
        + f"""
  - send: {{by: bob, group: team}}
  - capture: {{endpoint: group_operation, from: b.example, to: a.example}}
    as: operation
  - tamper: {{request: operation, {change}}}
"""
    )
    assert (mismatch.expected, mismatch.happened) == ("success", complaint)


async def test_a_header_is_changed_and_the_body_is_not() -> None:
    recorder = Recorder()
    steps = """
  - tamper: {request: delivery, set: {headers.x-odd: "1"}}
    as: changed
  - replay: changed
"""
    await play(CAPTURED + steps, recorder=recorder)
    *_, last = [each for each in recorder.exchanges if each.endpoint == "deliver_message" and each.status]
    assert ("x-odd", "1") in last.request_headers
    assert last.status == 200


def test_a_variable_that_the_path_does_not_have_is_a_mistake_in_the_file() -> None:
    with pytest.raises(ScenarioFileError) as error:
        scenario(CAPTURED + "  - tamper: {request: delivery, set: {path.room: x}}\n    as: other\n")
    assert 'test.yaml:21:39: path.room: the path of deliver_message has no "room", nor any other' in str(error.value)
