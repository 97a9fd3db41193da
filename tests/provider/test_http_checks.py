"""What every server refuses before it looks into a body, and how faults of our own are answered."""

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.wire_request import WireRequest
from simulator.net import HTTPReply, HTTPRequest, PeerFacts
from simulator.provider.http_checks import Misdirected, answer, find, wire_request
from simulator.services.refusal import TooLarge

DRAFT = DRAFTS[0]
PEER = PeerFacts("1.1", "TLSv1.3", "", None, ("127.0.0.1", 1))


def request(path: str, host: str, *, method: str = "POST", too_large: bool = False) -> WireRequest:
    headers = (("content-type", "application/octet-stream"),)
    return wire_request(HTTPRequest(host, method, path, "", headers, b"", PEER, too_large))


@pytest.mark.parametrize(
    ("path", "host", "domain", "status"),
    [
        (DRAFT.discovery.path, "ds.a.example", "a.example", 421),
        (DRAFT.discovery.path, "ds.a.example", None, 421),
        ("/deliver_message", "a.example", "a.example", 421),
        ("/nothing", "ds.a.example", None, 404),
        ("/verification_key", "ds.a.example", None, 405),
    ],
)
def test_each_place_serves_its_own(path: str, host: str, domain: str | None, status: int) -> None:
    with pytest.raises(Misdirected) as refused:
        find(DRAFT, request(path, host), domain, "ds.a.example")
    assert refused.value.status == status


def test_a_body_that_is_too_large() -> None:
    with pytest.raises(TooLarge):
        find(DRAFT, request("/deliver_message", "ds.a.example", too_large=True), None, "ds.a.example")


def test_what_is_right_finds_its_endpoint() -> None:
    endpoint, asked = find(DRAFT, request("/deliver_message", "ds.a.example"), None, "ds.a.example")
    assert (endpoint.name, asked.variables) == ("deliver_message", {})


async def test_a_fault_of_our_own_is_reported() -> None:
    faults: list[Exception] = []

    async def fail() -> HTTPReply:
        raise ZeroDivisionError

    reply = await answer(DRAFT, "a.example", "/deliver_message", fail, faults.append)
    assert (reply.status, [type(fault) for fault in faults]) == (500, [ZeroDivisionError])
