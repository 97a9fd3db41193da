"""Providers in cells: what they show, what they do to each other, how they fail."""

import pytest

from simulator.federation import RawReply
from simulator.notebook import Federation, Refused
from simulator.notebook.live.providers import Answer
from simulator.trace import ProtocolEvent, StepBegan

RECIPIENT = "T-SECURITY-RECIPIENT"
OWN_NAME = f"{RECIPIENT}/OWN-NAME"


def test_forwarded_and_replayed(federation: Federation) -> None:
    alice = federation.client("alice")
    alice.connect("bob")
    b, c = federation.provider("b.example"), federation.provider("c")
    request = federation.capture("connection_request", sender="a.example", recipient="b.example")
    before = c.fingerprint
    forwarded = b.forward(request, c)
    assert (forwarded.status, forwarded.error) == (403, "wrong_recipient")
    assert c.fingerprint == before
    assert b.forward(request, "c.example").description == forwarded.description
    assert b.replay(request).error is None
    attacks = [event.step for event in federation.trace.of(StepBegan) if event.attack]
    assert attacks == [
        "2 b.example forwards connection_request to c.example",
        "3 b.example forwards connection_request to c.example",
        "4 b.example replays connection_request to b.example",
    ]


def test_answers_for_people() -> None:
    good, bad = Answer(RawReply(200, None, "", b"")), Answer(RawReply(403, "wrong_recipient", "this is for <b>", b""))
    assert repr(good) == "HTTP 200 ok"
    assert "200 ok" in good._repr_html_()
    assert good.rule == ""
    assert bad.rule == "this is for <b>"
    named = Answer(RawReply(403, "wrong_recipient", "deliver_message rejected by c.example: this: is [T]", b""))
    assert named.rule == "this: is [T]"
    assert repr(bad) == "HTTP 403 wrong_recipient: this is for <b>"
    assert "this is for &lt;b&gt;" in bad._repr_html_()


def test_up_and_down(federation: Federation) -> None:
    alice, b = federation.client("alice"), federation.provider("b.example")
    assert repr(b) == "<provider b.example>"
    assert repr(b.key).startswith("b.example signs with ")
    assert b._repr_html_() == b.key.html
    alice.connect("bob")
    team = alice.create_group("team")
    alice.add(team, "bob")
    federation.client("bob").offline()
    b.stop()
    alice.send(team, "one")
    b.start()
    federation.advance(3600)
    assert b.queued("bob") == 1
    b.crash()
    b.start()
    assert b.queued("bob") == 1


def test_a_provider_waives_a_rule_and_nobody_else_does(federation: Federation) -> None:
    alice = federation.client("alice")
    alice.connect("bob")
    b, c = federation.provider("b.example"), federation.provider("c.example")
    request = federation.capture("connection_request", sender="a.example", recipient="b.example")
    assert b.forward(request, c).error == "wrong_recipient"
    c.waive(RECIPIENT)
    assert b.forward(request, c).error != "wrong_recipient"
    assert waived(federation) == [("c.example", (OWN_NAME, RECIPIENT))]
    assert b.forward(request, "a.example").error == "wrong_recipient"
    assert f"3 c.example waives {RECIPIENT}" in [each.step for each in federation.trace.of(StepBegan)]


def test_all_waive_a_rule(federation: Federation) -> None:
    federation.client("alice").connect("bob")
    request = federation.capture("connection_request", sender="a.example", recipient="b.example")
    federation.waive(RECIPIENT, "P-4-ONE-COMMIT")
    for other in ("a.example", "c.example"):
        assert federation.provider("b.example").forward(request, other).error != "wrong_recipient"
    assert waived(federation) == [(name, (OWN_NAME, RECIPIENT)) for name in ("a.example", "c.example")]


def test_what_nobody_can_waive_is_refused_and_no_step(federation: Federation) -> None:
    before = len(federation.trace.steps)
    with pytest.raises(Refused, match=f'waiving rules: .*did you mean "{RECIPIENT}"'):
        federation.provider("b.example").waive("T-SECURITY-RECIPENT")
    with pytest.raises(Refused, match="can't be waived"):
        federation.waive("DS-FANOUT-AFTER-RESPONSE")
    assert len(federation.trace.steps) == before


def waived(federation: Federation) -> list[tuple[str, tuple[str, ...]]]:
    """Who would have refused something, and by which rules."""
    return [(each.name, each.rules) for each in federation.trace.of(ProtocolEvent) if each.kind == "Waived"]
