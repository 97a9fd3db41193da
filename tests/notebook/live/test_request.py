"""Captured requests: looked at, changed, signed anew."""

import pytest

from simulator.drafts.mimi_transport_00.messages.queueing import QueueingServiceRequest
from simulator.notebook import Federation, Refused
from simulator.notebook.figures.markup import MARK
from simulator.notebook.live.request import Request


def captured(federation: Federation) -> Request:
    alice = federation.client("alice")
    alice.connect("bob")
    team = alice.create_group("team")
    alice.add(team, "bob")
    alice.send(team, "one")
    return federation.capture("deliver_message", sender="a.example", recipient="b.example")


def test_what_is_in_it(federation: Federation) -> None:
    request = captured(federation)
    assert repr(request) == f"<deliver_message request, a.example to b.example, {len(request.body)} bytes>"
    assert request._repr_html_() == request.show().html
    assert request.value("recipient") == "b.example"
    assert request.value("message.body.epoch") == "1"
    assert isinstance(request.struct, QueueingServiceRequest)
    assert "mls_private_message" in request.show("message", depth=9).html
    assert "unknown_clients" in request.show(part="response").html
    with pytest.raises(Refused, match=r"no field recipent \(did you mean \"signed.recipient\"\?\)"):
        request.value("recipent")
    with pytest.raises(Refused, match="there is nothing at mesage"):
        request.show("mesage")


def test_a_changed_field_breaks_the_signature_and_stands_out(federation: Federation) -> None:
    request, b = captured(federation), federation.provider("b.example")
    changed = request.changed(recipient="c.example")
    assert (changed.value("recipient"), request.value("recipient")) == ("c.example", "b.example")
    assert changed.show().html.count(MARK) == 1
    assert b.forward(changed, "c.example").error == "invalid_signature"
    with pytest.raises(Refused, match="no response to decode"):
        changed.show(part="response")


def test_any_field_can_be_changed(federation: Federation) -> None:
    request = captured(federation)
    path = "recipients.0.client_id"
    assert (
        request.changed({path: "mimi://b.example/d/eve/phone"}).value("recipients[0].client_id").endswith("eve/phone")
    )
    assert request.changed(group_id=b"\0\1").value("group_id") == "0001"
    nobody = request.changed(recipients=[{"type": "client_identifier", "client_id": "nobody"}])
    assert nobody.value("recipients[0].client_id") == "nobody"
    with pytest.raises(Refused, match=r'has no field "recipent" \(did you mean "recipient"\?\)'):
        request.changed(recipent="c.example")


def test_whoever_has_a_key_can_sign(federation: Federation) -> None:
    request, a, b = captured(federation), federation.provider("a.example"), federation.provider("b.example")
    changed = request.changed(recipient="c.example")
    assert b.forward(changed.signed_by(b), "c.example").error == "invalid_signature"
    assert b.forward(changed.signed_by(a), "c.example").error is None


def test_members_sign_what_members_send(federation: Federation) -> None:
    captured(federation)
    bob, b = federation.client("bob"), federation.provider("b.example")
    bob.send(federation.group("team"), "two")
    request = federation.capture("group_operation", sender="b.example", recipient="a.example")
    other = request.changed({"body.application_message.body.epoch": 7})
    assert b.replay(other).error == "invalid_signature"
    assert b.replay(other.signed_by(bob)).error == "wrong_epoch"


def test_what_nobody_signs_or_nobody_can_decode(federation: Federation) -> None:
    captured(federation)
    key = federation.capture("verification_key", sender="b.example", recipient="a.example")
    assert key.show(part="response").html.count("hsla(") == 1  # keys have a colour
    with pytest.raises(Refused, match="nobody signs a VerificationKeyRequest"):
        key.signed_by(federation.provider("b.example"))
    host = federation.capture("ds_domain", sender="a.example", recipient="b.example")
    with pytest.raises(Refused, match="ds_domain takes no struct"):
        host.changed(recipient="c.example")
    with pytest.raises(Refused, match="no request to decode"):
        host.show()
    assert "ds.b.example" in host.show(part="response").html


def test_the_http_around_it(federation: Federation) -> None:
    request = captured(federation)
    lines = repr(request.http).splitlines()
    assert lines[0].startswith("TLSv1.3, ")
    assert "POST https://ds.b.example/deliver_message HTTP/1.1" in lines
    assert "content-type: application/octet-stream" in lines
    assert f"({len(request.body)} bytes)" in lines
    assert "HTTP/1.1 200" in lines
    assert "(no body)" in repr(federation.capture("ds_domain", sender="a.example", recipient="b.example").http)
    with pytest.raises(Refused, match="it was not on the wire"):
        assert request.changed(recipient="c.example").http


def test_a_request_without_an_answer(federation: Federation) -> None:
    captured(federation)
    federation.provider("b.example").crash()
    federation.client("alice").send(federation.group("team"), "two")
    request = federation.capture("deliver_message", sender="a.example", recipient="b.example")
    assert "no answer: a.example can't reach" in repr(request.http)
