"""Answers in the peer's place: they are answers, and Retry-After is obeyed."""

import pytest

from simulator.net.faults import Respond
from simulator.services.refusal import Code, Refusal
from tests.net.faults.theatre import Theatre, first


async def test_503_leads_to_another_try(theatre: Theatre) -> None:
    before = theatre.session.provider("b").fingerprint()
    theatre.session.inject(Respond(where=first(2), body=b"<html>overloaded", content_type="text/html"))
    await theatre.say(b"0", b"1")
    assert theatre.session.provider("b").fingerprint() == before
    [attempt] = theatre.deliveries
    assert (attempt.status, attempt.response, attempt.fault) == (503, b"<html>overloaded", "respond")
    assert attempt.response_headers == (("content-type", "text/html"),)
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]


@pytest.mark.parametrize(
    "said", ["Fri, 31 Dec 9999 23:59:59 GMT", "Sun Nov  6 08:49:37 1994", "-5", -5, "1.5", "soon", "", "+3", 10**30]
)
@pytest.mark.parametrize("status", [429, 502, 503])
async def test_whatever_it_says_about_when_to_come_again_the_message_comes(
    theatre: Theatre, said: int | str, status: int
) -> None:
    theatre.session.inject(Respond(where=first(), status=status, retry_after=said))
    await theatre.say(b"0")
    assert theatre.deliveries[0].response_headers == (("retry-after", str(said)),)
    await theatre.later(3600 if said == 10**30 else 1)
    assert theatre.inbox("bob") == [b"0"]


@pytest.mark.parametrize("with_struct", [False, True])
async def test_429_is_obeyed(theatre: Theatre, with_struct: bool) -> None:
    body = theatre.session.draft.refusals.write(Refusal(Code.rate_limited, "slowly")).body if with_struct else b""
    theatre.session.inject(Respond(where=first(), status=429, retry_after=20, body=body))
    await theatre.say(b"0", b"1")
    assert theatre.deliveries[0].response_headers == (("retry-after", "20"),)
    await theatre.later(19)
    assert len(theatre.deliveries) == 1
    await theatre.later(1)
    assert theatre.inbox("bob") == [b"0", b"1"]
