"""The order of the checks, and those of this draft alone; tests/provider/incoming/test_dispatch.py: over HTTPS."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.checks import (
    CHECKS,
    RATES,
    address_rate,
    certificate,
    member_rate,
    sender_rate,
)
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.refusal import Refusal
from tests.breaking import breaks
from tests.drafts.mimi_transport_00.asked import call
from tests.drafts.serving import Listening

DRAFT = DRAFTS[0]
SENDER = "provider b.example"


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
        "token",
        "rate by sender",
        "whole",
        "rate by group and member",
        "spend",
        "provider's signature",
    ]
    assert [each.name for each in CHECKS if each.local] == ["head", "recipient", "whole", "rate by group and member"]


def test_without_mutual_tls_address_and_sender_draw_together() -> None:
    server = Listening()
    asked = call(server)
    for check in (address_rate, certificate, sender_rate):
        check(asked)
    assert server.drawn == [("address ::1", SENDER)]


@breaks("P-2-MUTUAL-TLS")
def test_with_mutual_tls_the_sender_draws_once_it_is_proved() -> None:
    server = Listening(mutual_tls=True)
    asked = call(server)
    address_rate(asked)
    with pytest.raises(Refusal, match="the TLS client certificate does not cover the sender b"):
        certificate(asked)
    asked.request = WireRequest("GET", "/verification_key", address="::1", names=lambda: ("b.example",))
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


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("P-2-421", {"host": "a.example"}),
        ("P-2-404", {"path": "/nothing"}),
        ("P-2-405", {"method": "PUT"}),
        ("P-2-415/TYPE", {"headers": ()}),
        ("P-2-415/CODING", {"headers": (("content-type", "application/octet-stream"), ("content-encoding", "br"))}),
        ("P-2-413", {"body_too_large": True}),
    ],
)
async def test_what_http_alone_can_judge(rule: str, changes: dict[str, Any]) -> None:
    asked = call(Listening())
    octets = (("content-type", "application/octet-stream"),)
    request = replace(asked.request, **{"host": "ds.a.example", "headers": octets, **changes})
    with breaks(rule), suppress(HTTPRefusal):
        for check in CHECKS:
            await check(DRAFT.call(request, asked.server))
        pytest.fail("nothing is refused")


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("T-RATE-ADDRESS", "address ::1"),
        ("P-7-PROVIDER", SENDER),
        ("T-RATE-GROUP", "group mimi://a.example/g/1"),
        ("T-RATE-MEMBER/MEMBER", "member 0 of mimi://a.example/g/1"),
        ("T-RATE-MEMBER/CLIENT", "client mimi://b.example/d/bob/phone"),
    ],
)
def test_each_rate_has_a_rule_of_its_own(rule: str, key: str) -> None:
    with breaks(rule), pytest.raises(Refusal, match="too many"):
        Listening(limited=frozenset({key})).check_rate((key,), RATES)
