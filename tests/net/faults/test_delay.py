"""Late is late by protocol time, and too late is never."""

from simulator.net.faults import Delay
from tests.net.faults.running_group import TO_BOB, RunningGroup, first


async def test_it_takes_as_long_as_it_says(running_group: RunningGroup) -> None:
    running_group.session.inject(Delay(where=TO_BOB, seconds=5))
    await running_group.say(b"late")
    await running_group.later(4)
    assert running_group.inbox("bob") == []
    await running_group.later(1)
    assert running_group.inbox("bob") == [b"late"]
    assert [e.fault for e in running_group.deliveries] == ["delay"]


async def test_longer_than_patience_is_lost(running_group: RunningGroup) -> None:
    running_group.session.inject(Delay(where=first(), seconds=60))
    await running_group.say(b"0", b"1")
    await running_group.later(31)
    assert "no complete answer within 30 s" in str(running_group.deliveries[0].error)
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
    assert running_group.session.provider("b").queued(running_group.session.client("bob").uri) == 0


async def test_a_repair_does_not_wait_for_the_clock(running_group: RunningGroup) -> None:
    with running_group.session.inject(Delay(where=TO_BOB, seconds=5)):
        await running_group.say(b"0", b"1")
        assert running_group.inbox("bob") == []
    await running_group.session.settle()
    assert running_group.inbox("bob") == [b"0", b"1"]
