"""Where there is no way, there is none for warm connections either; after the repair nothing is missing."""

import pytest

from simulator.federation import Session
from simulator.net.errors import Unreachable
from simulator.net.faults import Partition
from tests.net.faults.theatre import Theatre


async def test_both_ways(theatre: Theatre) -> None:
    with theatre.session.inject(Partition(side=("a.example", "c.example"), others=("b.example",))) as cut:
        await theatre.say(b"0", b"1")
        await theatre.say(b"2", sender="carol")
        with pytest.raises(Unreachable, match=r"no way from b\.example to ds\.a\.example"):
            await theatre.say(b"?", sender="bob")
        assert theatre.inbox("bob") == []
        assert (theatre.inbox("alice"), theatre.inbox("carol")) == ([b"2"], [b"0", b"1"])
        assert cut.hits == len([e for e in theatre.exchanges if e.fault == "partition"]) > 0
    await theatre.later(10)
    await theatre.say(b"3", sender="bob")
    assert theatre.inbox("bob") == [b"0", b"1", b"2"]
    assert theatre.inbox("alice") == [b"2", b"3"]


async def test_one_way(theatre: Theatre) -> None:
    with theatre.session.inject(Partition(side=("a.example",), others=("b.example",), one_way=True)):
        await theatre.say(b"to bob")
        await theatre.say(b"from bob", sender="bob")
        assert (theatre.inbox("bob"), theatre.inbox("alice")) == ([], [b"from bob"])
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"to bob"]


async def test_from_everybody_else(theatre: Theatre) -> None:
    with theatre.session.inject(Partition(side=("b.example",))):
        await theatre.say(b"0")
        with pytest.raises(Unreachable):
            await theatre.session.provider("c").peers.hosts("b.example")
        assert theatre.inbox("carol") == [b"0"]
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0"]


async def test_discovery_is_cut_off_too(session: Session) -> None:
    session.inject(Partition(side=("a.example",), others=("b.example",)))
    with pytest.raises(Unreachable, match="the network is partitioned"):
        await session.provider("a").peers.hosts("b.example")
