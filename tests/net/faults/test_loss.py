"""Some requests and answers get lost, and which ones follows from their bytes."""

from typing import Any

import pytest
import trio

from simulator.net.client.attempt import Attempt, Lost
from simulator.net.client.request_route import RequestRoute
from simulator.net.clock import StoppedClock
from simulator.net.faults import Loss
from simulator.net.faults.fault_context import FaultContext
from simulator.net.http import HTTPReply
from simulator.net.timeouts import NoWorkTracker
from tests.net.faults.running_group import TO_BOB, RunningGroup

ROUTE = RequestRoute("a.example", "ds.b.example", "POST", "/v1/x")
CONTEXT = FaultContext(StoppedClock(), NoWorkTracker(), {})


def attempt(number: int) -> Attempt:
    timeout: Any = None
    return Attempt(ROUTE, b"%d" % number, timeout, [])


def lost(rate: float, turn: int = 1) -> list[int]:
    return [number for number in range(1000) if Loss(rate=rate).strikes(attempt(number), turn)]


def test_as_many_as_the_rate_says_and_the_same_ones_each_time() -> None:
    assert (lost(0), len(lost(1))) == ([], 1000)
    assert 70 < len(lost(0.1)) < 130
    assert lost(0.1) == lost(0.1)
    assert set(lost(0.1)) < set(lost(0.3))


def test_what_is_sent_again_may_get_through() -> None:
    both = set(lost(0.1, turn=1)) & set(lost(0.1, turn=2))
    assert len(both) < 40


async def test_half_of_them_arrive() -> None:
    arrived: list[bytes] = []

    async def onward(each: Attempt) -> HTTPReply:
        await trio.lowlevel.checkpoint()
        arrived.append(each.body)
        return HTTPReply(200, (), b"")

    for number in range(200):
        with pytest.raises(Lost):
            await Loss(rate=1).carry(attempt(number), onward, CONTEXT)
    assert 70 < len(arrived) < 130


async def test_what_was_lost_is_sent_again_until_it_arrives_once(running_group: RunningGroup) -> None:
    running_group.session.inject(Loss(where=TO_BOB, rate=0.5))
    texts = [b"%d" % number for number in range(6)]
    await running_group.say(*texts)
    for _ in range(12):
        running_group.session.advance(300)
        await running_group.session.settle()
    assert running_group.inbox("bob") == texts
    faults = [exchange.fault for exchange in running_group.deliveries]
    assert {"loss", None} == set(faults)
