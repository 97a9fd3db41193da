"""What is seen in a step: by what was refused in it, and by evidence."""

from dataclasses import replace

import pytest

from simulator.drafts import DRAFTS
from simulator.rules import All, Answer, Broken, Done, Event, Evidence, Failed, HandshakeRefused, Met, Refused
from simulator.scenario.seen import Occurred, as_expected, by_step, seen
from simulator.trace import Exchange, ProtocolEvent, TLSFailure
from tests.scenario.small_scenarios import TEAM, passes, scenario

DRAFT = DRAFTS[0]
EXCHANGE = Exchange(
    started=1,
    step_number=2,
    sender="a.example",
    recipient="ds.b.example",
    provider="b.example",
    endpoint="keys",
    operation="fetch",
    method="GET",
    url="https://ds.b.example/keys",
    request_headers=(),
    request=b"",
    http_version="2",
    status=200,
    seconds=1,
)
NO = replace(EXCHANGE, status=403, refused=True, code="not_authorized")
LOST = replace(EXCHANGE, status=None, error="a.example has no TLS connection to b.example")


def noted(kind: str, *rules: str, rule: str | None = None) -> ProtocolEvent:
    where = {"role": "client", "actor": "mimi://a.example/d/1", "name": "alice.phone"}
    return ProtocolEvent(started=1, step_number=2, kind=kind, rule=rule, rules=rules, **where)  # type: ignore[arg-type]


def occurred(*events: Exchange | ProtocolEvent | TLSFailure, broken: tuple[str, ...] = ()) -> Occurred:
    return by_step(events, {2: broken})[2]


@pytest.mark.parametrize(
    ("evidence", "happened"),
    [
        (Answer(), EXCHANGE),
        (Answer("keys", "fetch", "2"), EXCHANGE),
        (Answer(elsewhere=True), EXCHANGE),
        (Answer(again=True), replace(EXCHANGE, attempt=3)),
        (Refused(), NO),
        (Refused("not_authorized", 403, "keys"), NO),
        (Failed("no TLS"), LOST),
        (Event("Joined"), noted("Joined")),
        (Event("Rejected", "expired"), noted("Rejected", rule="expired")),
        (HandshakeRefused(), TLSFailure(started=1, step_number=2, server="b.example", reason="old", peer=("::1", 1))),
    ],
)
def test_it_shows_what_it_is_evidence_of(evidence: Evidence, happened: Exchange | ProtocolEvent) -> None:
    assert occurred(happened).shows(evidence)


@pytest.mark.parametrize(
    ("evidence", "happened"),
    [
        (Answer(), NO),
        (Answer(), LOST),
        (Answer("other"), EXCHANGE),
        (Answer(operation="other"), EXCHANGE),
        (Answer(http_version="1.1"), EXCHANGE),
        (Answer(elsewhere=True), replace(EXCHANGE, recipient="b.example")),
        (Answer(again=True), EXCHANGE),
        (Refused(), EXCHANGE),
        (Refused("malformed"), NO),
        (Refused(http=400), NO),
        (Refused(endpoint="other"), NO),
        (Failed(), NO),
        (Failed("lost"), LOST),
        (Event("Joined"), noted("Sent")),
        (Event("Rejected", "expired"), noted("Rejected", rule="other")),
        (HandshakeRefused(), EXCHANGE),
        (Done("send"), EXCHANGE),
        (Met("members"), EXCHANGE),
    ],
)
def test_it_shows_nothing_else(evidence: Evidence, happened: Exchange | ProtocolEvent) -> None:
    assert not occurred(happened).shows(evidence)


def test_all_have_to_be_in_one_step() -> None:
    both = All(Answer(), Event("Joined"))
    steps = by_step([EXCHANGE, replace(noted("Joined"), step_number=3)], {})
    assert not any(step.shows(both) for step in steps.values())
    assert occurred(EXCHANGE, noted("Joined")).shows(both)


def test_what_steps_and_expectations_show_is_told_by_those_that_passed() -> None:
    steps = """
  - together:
      - send: {by: alice.phone, group: team}
        expect: {may_fail: true}
      - create_group: bob
    expect: {members: {group: team, clients: [alice.phone, bob, carol]}}
  - send: {by: carol, group: team}
    expect: {error: wrong_epoch, http: 409}
"""
    together, send = scenario(TEAM + steps).steps[-2:]
    found = as_expected(Occurred(), together)
    assert found.done == {"together", "create_group"}
    assert found.shows(Met("members"))
    refused = as_expected(Occurred(), send)
    assert not refused.done
    assert refused.shows(Refused("wrong_epoch", 409))
    assert not refused.shows(Refused("wrong_epoch", 409, "keys"))


def test_a_step_that_fails_as_expected_shows_that_it_does() -> None:
    (entry,) = scenario("  - request_connection: {from: alice.phone, to: bob}\n    expect: {fails: no FQDN}\n").steps
    assert as_expected(Occurred(), entry).shows(Failed("FQDN"))
    assert not as_expected(Occurred(), entry).shows(Failed("lost"))


def test_what_breaks_a_rule_is_seen_of_its_requirement_but_not_where_the_rule_is_waived() -> None:
    rule = "P-4-SENDER-INDEX/" + "EXTERNAL-COMMIT"
    assert occurred(broken=(rule,)).shows(Broken(rule))
    assert not occurred(noted("Waived", rule), broken=(rule,)).shows(Broken(rule))
    assert occurred(noted("Waived", rule), noted("Refused", rule), broken=(rule,)).shows(Broken(rule))
    found = seen(DRAFT, occurred(broken=("P-4-ONE-COMMIT",)))
    assert "P-4-ONE-COMMIT" in found
    assert "DS-INTRO-ORDER" in found


async def test_a_run_says_what_is_seen_in_each_step() -> None:
    result = await passes(TEAM + "  - create_group: alice.phone\n")
    assert "DS-ADD-USERS-FETCH" in result.steps[2].seen
    assert "DS-ADD-USERS-FETCH" not in result.steps[1].seen
    assert "DS-CREATE-GROUP" in result.steps[3].seen
    assert result.steps[2].to_json()["seen"] == list(result.steps[2].seen)


async def test_what_was_decided_shows_the_requirement_that_is_followed() -> None:
    result = await passes(
        TEAM
        + """
  - fault: [duplicate: {where: {recipient: b.example, endpoint: fan_out, times: 1}}]
  - send: {by: alice.phone, group: team}
"""
    )
    *others, last = result.steps
    assert "P-5-ONCE" in last.seen
    assert not any("P-5-ONCE" in step.seen for step in others)
