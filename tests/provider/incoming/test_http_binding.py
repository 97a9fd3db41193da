"""Requests out of HTTP, and how refusals and faults of our own get back into it."""

from simulator.drafts import DRAFTS
from simulator.net import HTTPReply, HTTPRequest, PeerFacts
from simulator.provider.incoming.http_binding import answer, wire_request
from simulator.services.refusal import Code, Refusal
from tests.drafts.serving import Listening

DRAFT = DRAFTS[0]
PEER = PeerFacts("1.1", "TLSv1.3", "", None, ("127.0.0.1", 1))
REQUEST = HTTPRequest("DS.a.example:1", "POST", "/deliver_message", "q", (("x", "y"),), b"body", PEER, True)


def test_a_draft_sees_what_it_may_look_at() -> None:
    seen = wire_request(REQUEST)
    assert (seen.method, seen.path, seen.host, seen.headers) == (
        "POST",
        "/deliver_message",
        "ds.a.example",
        (("x", "y"),),
    )
    assert (seen.body, seen.address, seen.body_too_large) == (b"body", "127.0.0.1", True)
    assert not seen.covers("a.example")


async def test_a_refusal_names_the_path_as_long_as_nothing_else_is_known() -> None:
    async def refuse() -> HTTPReply:
        raise Refusal(Code.malformed, "it is nothing")

    call = DRAFT.call(wire_request(REQUEST), Listening())
    reply = await answer(DRAFT, call, refuse, lambda _: None)
    assert reply.status == 400
    assert b"/deliver_message rejected by a.example: it is nothing (malformed)" in reply.body


async def test_a_fault_of_our_own_is_reported() -> None:
    faults: list[Exception] = []

    async def fail() -> HTTPReply:
        raise ZeroDivisionError

    reply = await answer(DRAFT, DRAFT.call(wire_request(REQUEST), Listening()), fail, faults.append)
    assert (reply.status, [type(fault) for fault in faults]) == (500, [ZeroDivisionError])
