"""Answers in the peer's place: they are answers, and Retry-After is obeyed."""

import pytest

from simulator.net.faults import Respond
from simulator.services.refusal import Code, Refusal
from tests.net.faults.running_group import RunningGroup, first


async def test_503_leads_to_another_try(running_group: RunningGroup) -> None:
    before = running_group.session.provider("b").fingerprint()
    running_group.session.inject(Respond(where=first(2), body=b"<html>overloaded", content_type="text/html"))
    await running_group.say(b"0", b"1")
    assert running_group.session.provider("b").fingerprint() == before
    [attempt] = running_group.deliveries
    assert (attempt.status, attempt.response, attempt.fault) == (503, b"<html>overloaded", "respond")
    assert attempt.response_headers == (("content-type", "text/html"),)
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]


@pytest.mark.parametrize(
    "said", ["Fri, 31 Dec 9999 23:59:59 GMT", "Sun Nov  6 08:49:37 1994", "-5", -5, "1.5", "soon", "", "+3", 10**30]
)
@pytest.mark.parametrize("status", [429, 502, 503])
async def test_whatever_it_says_about_when_to_come_again_the_message_comes(
    running_group: RunningGroup, said: int | str, status: int
) -> None:
    running_group.session.inject(Respond(where=first(), status=status, retry_after=said))
    await running_group.say(b"0")
    assert running_group.deliveries[0].response_headers == (("retry-after", str(said)),)
    await running_group.later(3600 if said == 10**30 else 1)
    assert running_group.inbox("bob") == [b"0"]


@pytest.mark.parametrize("with_struct", [False, True])
async def test_429_is_obeyed(running_group: RunningGroup, with_struct: bool) -> None:
    body = running_group.session.draft.refusals.write(Refusal(Code.rate_limited, "slowly")).body if with_struct else b""
    running_group.session.inject(Respond(where=first(), status=429, retry_after=20, body=body))
    await running_group.say(b"0", b"1")
    assert running_group.deliveries[0].response_headers == (("retry-after", "20"),)
    await running_group.later(19)
    assert len(running_group.deliveries) == 1
    await running_group.later(1)
    assert running_group.inbox("bob") == [b"0", b"1"]


async def test_one_of_several_lies_by_the_request(running_group: RunningGroup) -> None:
    several = (0, "soon", -3, "1.5")
    running_group.session.inject(Respond(where=first(40), rate=0.6, status=429, retry_after_any=several))
    for number in range(8):
        await running_group.say(b"%d" % number)
        await running_group.later(60)
    said = [dict(attempt.response_headers)["retry-after"] for attempt in running_group.deliveries if attempt.fault]
    assert 1 < len(set(said)) <= len(several)
    assert set(said) <= {str(each) for each in several}


async def test_at_a_rate_only_some(running_group: RunningGroup) -> None:
    with running_group.session.inject(Respond(rate=0.5, where=first(100))) as injected:
        for number in range(12):
            await running_group.say(b"%d" % number)
            await running_group.later(100)
    assert 3 < injected.hits < len(running_group.deliveries) - 3
    assert running_group.inbox("bob") == [b"%d" % number for number in range(12)]
