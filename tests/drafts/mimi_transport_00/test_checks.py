"""The order of the checks, and those of this draft alone; tests/provider/test_dispatch.py makes them over HTTPS."""

import pytest

from simulator.codec import encode
from simulator.drafts import DRAFTS
from simulator.drafts.call import Call
from simulator.drafts.endpoint import Envelope
from simulator.drafts.mimi_transport_00.checks import (
    CHECKS,
    TENANCY,
    address_rate,
    certificate,
    member_rate,
    recipient,
    sender_rate,
)
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyRequest
from simulator.drafts.wire_request import WireRequest
from simulator.services.refusal import Code, Refusal
from tests.drafts.serving import Listening

(DRAFT,) = DRAFTS
SENDER = "provider b.example"


def call(server: Listening, to: str = "a.example") -> Call:
    """A request for the key of `to` in the name of b.example, its head read."""
    body = encode(VerificationKeyRequest(1, "b.example", to))
    asked = DRAFT.call(WireRequest("GET", "/verification_key", body=body, address="::1"), server)
    asked.head = asked.endpoint.head(asked.request)
    return asked


def test_the_order_is_that_of_the_page() -> None:
    assert DRAFT.checks is CHECKS
    assert [each.name for each in CHECKS] == [
        "host",
        "path",
        "method",
        "content type",
        "content coding",
        "body size",
        "head",
        "recipient",
        "rate by address",
        "certificate",
        "rate by sender",
        "whole",
        "rate by group and member",
        "provider's signature",
    ]
    assert [each.name for each in CHECKS if each.local] == ["head", "recipient", "whole", "rate by group and member"]
    known = {requirement.id for requirement in DRAFT.requirements}
    assert {each.requirement for each in CHECKS} <= known | {None}


def test_a_request_is_for_its_recipient() -> None:
    recipient(call(Listening()))
    asked = call(Listening(), "c.example")
    with pytest.raises(Refusal, match=r"this is for c\.example, not for a\.example") as caught:
        recipient(asked)
    assert caught.value.code is Code.wrong_recipient
    asked.head = Envelope("ds_domain")
    recipient(asked)


def test_without_mutual_tls_address_and_sender_draw_together() -> None:
    server = Listening()
    asked = call(server)
    for check in (address_rate, certificate, sender_rate):
        check(asked)
    assert server.drawn == [("address ::1", SENDER)]


def test_with_mutual_tls_the_sender_draws_once_it_is_proved() -> None:
    server = Listening(mutual_tls=True)
    asked = call(server)
    address_rate(asked)
    with pytest.raises(Refusal, match="the TLS client certificate does not cover the sender b"):
        certificate(asked)
    asked.request = WireRequest("GET", "/verification_key", address="::1", covers="b.example".__eq__)
    certificate(asked)
    sender_rate(asked)
    assert server.drawn == [("address ::1",), (SENDER,)]


def test_group_and_member_draw_once_they_are_read() -> None:
    server = Listening(limited=frozenset({"group x"}))
    asked = call(server)
    member_rate(asked)
    asked.incoming = asked.endpoint.open(asked.request)
    member_rate(asked)
    assert server.drawn == [()]


def test_a_shared_host_finds_the_recipient() -> None:
    asked = call(Listening("ds.shared.example"), "c.example")
    assert TENANCY.tenant_of(asked, ("a.example", "c.example")) == "c.example"
    words = "this is for c.example, and ds.shared.example is the DS host of a.example and b.example"
    with pytest.raises(Refusal, match=words) as caught:
        TENANCY.tenant_of(asked, ("a.example", "b.example"))
    assert caught.value.code is Code.wrong_recipient
    asked.head = None
    with pytest.raises(Refusal, match="this is for nobody"):
        TENANCY.tenant_of(asked, ("a.example",))
