"""A provider that crashes in the midst of something."""

from contextlib import suppress

import pytest
import trio

from simulator.net import TransportError
from simulator.net.failpoint import Failpoint
from simulator.net.faults import CrashAt, UnknownMachine
from simulator.trace import ProtocolEvent
from tests.net.faults.running_group import RunningGroup


async def test_what_was_not_committed_has_not_happened(running_group: RunningGroup) -> None:
    session = running_group.session
    before = session.provider("b").fingerprint()
    fault = CrashAt(provider="b.example", point=Failpoint.DECIDED, operation="deliver_message")
    with session.inject(fault):
        await running_group.say(b"hello")
        assert not session.provider("b").is_up
        assert running_group.inbox("bob") == []
    await session.start("b")
    assert session.provider("b").fingerprint() == before
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"hello"]


async def test_what_was_committed_has(running_group: RunningGroup) -> None:
    session = running_group.session
    with session.inject(CrashAt(provider="b.example", point=Failpoint.COMMITTED, operation="deliver_message")):
        await running_group.say(b"hello")
        assert not session.provider("b").is_up
    await session.start("b")
    await session.settle()
    assert running_group.inbox("bob") == [b"hello"], "although nobody has told the sender"


async def test_it_may_come_there_some_times_first(running_group: RunningGroup) -> None:
    session = running_group.session
    with session.inject(CrashAt(provider="b.example", point=Failpoint.VERIFIED, operation="deliver_message", skip=2)):
        await running_group.say(b"0", b"1")
        assert session.provider("b").is_up
        await running_group.say(b"2")
        assert not session.provider("b").is_up
        await session.start("b")
        await running_group.later(10)
        assert session.provider("b").is_up, "once is enough"
    assert running_group.inbox("bob") == [b"0", b"1", b"2"]


async def test_with_something_else_it_does_not(running_group: RunningGroup) -> None:
    with running_group.session.inject(CrashAt(provider="b.example", point=Failpoint.DECIDED, operation="add_users")):
        await running_group.say(b"hello")
    assert running_group.inbox("bob") == [b"hello"]


async def test_repaired_it_goes_on(running_group: RunningGroup) -> None:
    with running_group.session.inject(CrashAt(provider="b.example", point=Failpoint.DECIDED)):
        pass
    await running_group.say(b"hello")
    assert running_group.session.provider("b").is_up


async def test_there_is_no_such_provider(running_group: RunningGroup) -> None:
    with pytest.raises(UnknownMachine, match=r"no machine b\.exmaple"):
        running_group.session.network.faults.inject(CrashAt(provider="b.exmaple", point=Failpoint.DECIDED))


def crashes(running_group: RunningGroup) -> list[str]:
    """Who crashed at which points, in order."""
    events = running_group.session.recorder.events
    kinds = [each for each in events if isinstance(each, ProtocolEvent) and each.kind == "Crashed"]
    return [f"{each.name} {each.details.get('point')} {each.operation}" for each in kinds]


async def test_at_a_rate_who_crashes_where_follows_from_the_seed(running_group: RunningGroup) -> None:
    with running_group.session.inject(CrashAt(rate=0.2, restarts=True)) as injected:
        for number in range(10):
            with suppress(TransportError):
                await running_group.say(b"%d" % number)
            await running_group.later(10)
    found = crashes(running_group)
    assert injected.hits == len(found) >= 3
    assert len(set(found)) >= 3, "not always at the same point"
    assert {each.split()[0] for each in found} > {"a.example"}
    assert all(provider.is_up for provider in running_group.session.providers), "each was started again"
    await running_group.later(100)
    assert running_group.inbox("bob") == running_group.inbox("carol")


async def test_no_more_often_than_that(running_group: RunningGroup) -> None:
    with running_group.session.inject(CrashAt(rate=0.999, times=2, restarts=True)):
        for number in range(3):
            with suppress(TransportError):
                await running_group.say(b"%d" % number)
            await running_group.later(10)
    assert len(crashes(running_group)) == 2


async def test_where_the_power_fails_all_crash_at_once(running_group: RunningGroup) -> None:
    session = running_group.session
    fault = CrashAt(provider="b.example", point=Failpoint.COMMITTED, operation="deliver_message", together=True)
    with session.inject(fault) as injected:
        await running_group.say(b"hello")
        assert not any(provider.is_up for provider in session.providers)
        assert injected.hits == 1
    for provider in session.providers:
        await provider.start()
    await session.settle()
    await running_group.later(10)
    assert (running_group.inbox("bob"), running_group.inbox("carol")) == ([b"hello"], [b"hello"])


async def test_two_who_start_it_at_once_start_it_once(running_group: RunningGroup) -> None:
    provider = running_group.session.provider("b")
    await provider.crash()
    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(provider.start)
    assert provider.is_up
    await running_group.say(b"hello")
    assert running_group.inbox("bob") == [b"hello"]


async def test_it_may_crash_before_it_is_up(running_group: RunningGroup) -> None:
    provider = running_group.session.provider("b")
    await provider.crash()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(provider.start)
        while provider.executor.is_open is False:
            await trio.lowlevel.checkpoint()
        provider.break_down()
    assert not provider.is_up
    await provider.start()
    assert provider.is_up
