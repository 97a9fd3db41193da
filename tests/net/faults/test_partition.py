"""Where there is no way, there is none for warm connections either; after the repair nothing is missing."""

import pytest

from simulator.federation import Session
from simulator.net.errors import Unreachable
from simulator.net.faults import Partition
from tests.net.faults.running_group import RunningGroup


async def test_both_ways(running_group: RunningGroup) -> None:
    with running_group.session.inject(Partition(side=("a.example", "c.example"), others=("b.example",))) as cut:
        await running_group.say(b"0", b"1")
        await running_group.say(b"2", sender="carol")
        with pytest.raises(Unreachable, match=r"no way from b\.example to ds\.a\.example"):
            await running_group.say(b"?", sender="bob")
        assert running_group.inbox("bob") == []
        assert (running_group.inbox("alice"), running_group.inbox("carol")) == ([b"2"], [b"0", b"1"])
        assert cut.hits == len([e for e in running_group.exchanges if e.fault == "partition"]) > 0
    await running_group.later(10)
    await running_group.say(b"3", sender="bob")
    assert running_group.inbox("bob") == [b"0", b"1", b"2"]
    assert running_group.inbox("alice") == [b"2", b"3"]


async def test_one_way(running_group: RunningGroup) -> None:
    with running_group.session.inject(Partition(side=("a.example",), others=("b.example",), one_way=True)):
        await running_group.say(b"to bob")
        await running_group.say(b"from bob", sender="bob")
        assert (running_group.inbox("bob"), running_group.inbox("alice")) == ([], [b"from bob"])
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"to bob"]


async def test_from_everybody_else(running_group: RunningGroup) -> None:
    with running_group.session.inject(Partition(side=("b.example",))):
        await running_group.say(b"0")
        with pytest.raises(Unreachable):
            await running_group.session.provider("c").peers.hosts("b.example")
        assert running_group.inbox("carol") == [b"0"]
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0"]


async def test_discovery_is_cut_off_too(session: Session) -> None:
    session.inject(Partition(side=("a.example",), others=("b.example",)))
    with pytest.raises(Unreachable, match="the network is partitioned"):
        await session.provider("a").peers.hosts("b.example")
