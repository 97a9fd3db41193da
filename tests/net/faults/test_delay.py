"""Late is late by protocol time, and too late is never."""

from simulator.net.faults import Delay
from tests.net.faults.theatre import TO_BOB, Theatre, first


async def test_it_takes_as_long_as_it_says(theatre: Theatre) -> None:
    theatre.session.inject(Delay(where=TO_BOB, seconds=5))
    await theatre.say(b"late")
    await theatre.later(4)
    assert theatre.inbox("bob") == []
    await theatre.later(1)
    assert theatre.inbox("bob") == [b"late"]
    assert [e.fault for e in theatre.deliveries] == ["delay"]


async def test_longer_than_patience_is_lost(theatre: Theatre) -> None:
    theatre.session.inject(Delay(where=first(), seconds=60))
    await theatre.say(b"0", b"1")
    await theatre.later(31)
    assert "no complete answer within 30 s" in str(theatre.deliveries[0].error)
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
    assert theatre.session.provider("b").queued(theatre.session.client("bob").uri) == 0


async def test_a_repair_does_not_wait_for_the_clock(theatre: Theatre) -> None:
    with theatre.session.inject(Delay(where=TO_BOB, seconds=5)):
        await theatre.say(b"0", b"1")
        assert theatre.inbox("bob") == []
    await theatre.session.settle()
    assert theatre.inbox("bob") == [b"0", b"1"]
