"""A provider that crashes in the midst of something."""

import pytest

from simulator.net.failpoint import Failpoint
from simulator.net.faults import CrashAt, UnknownMachine
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
