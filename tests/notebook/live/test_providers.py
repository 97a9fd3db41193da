"""Providers in cells: what they show, what they do to each other, how they fail."""

from simulator.federation import RawReply
from simulator.notebook import Federation
from simulator.notebook.live.providers import Answer
from simulator.trace import StepBegan


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
