"""Two requests that are under way at once arrive the other way round."""

import trio

from simulator.clients.operations import Send
from simulator.net.faults import Reorder
from tests.net.faults.theatre import Theatre, first


async def test_the_second_overtakes_the_first(theatre: Theatre, nursery: trio.Nursery) -> None:
    swap = theatre.session.inject(Reorder(where=first(2, recipient="a.example", operation="send_message")))
    nursery.start_soon(theatre.session.client("bob").perform, Send(theatre.group, b"bob's"))
    await swap.caught(1)
    assert len(swap.held) == 1
    await theatre.session.client("carol").perform(Send(theatre.group, b"carol's"))
    await theatre.session.settle()
    assert theatre.inbox("alice") == [b"carol's", b"bob's"]
    assert (swap.hits, swap.held) == (2, ())


async def test_an_odd_one_waits_until_released(theatre: Theatre, nursery: trio.Nursery) -> None:
    swap = theatre.session.inject(Reorder(where=first(9, recipient="a.example", operation="send_message")))
    nursery.start_soon(theatre.session.client("bob").perform, Send(theatre.group, b"alone"))
    await swap.caught(1)
    await theatre.session.settle()
    assert theatre.inbox("alice") == []
    swap.remove()
    await theatre.session.settle()
    assert theatre.inbox("alice") == [b"alone"]


async def test_one_after_the_other_can_not_be_swapped(theatre: Theatre) -> None:
    """A provider sends the next delivery only when it has the answer to the one before: order is safe."""
    with theatre.session.inject(Reorder(where=first(2))) as swap:
        await theatre.say(b"0", b"1")
        assert (len(swap.held), theatre.inbox("bob")) == (1, [])
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
