"""Two requests that are under way at once arrive the other way round."""

import trio

from simulator.clients.operations import Send
from simulator.net.faults import Reorder
from tests.net.faults.running_group import RunningGroup, first


async def test_the_second_overtakes_the_first(running_group: RunningGroup, nursery: trio.Nursery) -> None:
    swap = running_group.session.inject(Reorder(where=first(2, recipient="a.example", operation="send_message")))
    nursery.start_soon(running_group.session.client("bob").perform, Send(running_group.group, b"bob's"))
    await swap.caught(1)
    assert len(swap.held) == 1
    await running_group.session.client("carol").perform(Send(running_group.group, b"carol's"))
    await running_group.session.settle()
    assert running_group.inbox("alice") == [b"carol's", b"bob's"]
    assert (swap.hits, swap.held) == (2, ())


async def test_an_odd_one_waits_until_released(running_group: RunningGroup, nursery: trio.Nursery) -> None:
    swap = running_group.session.inject(Reorder(where=first(9, recipient="a.example", operation="send_message")))
    nursery.start_soon(running_group.session.client("bob").perform, Send(running_group.group, b"alone"))
    await swap.caught(1)
    await running_group.session.settle()
    assert running_group.inbox("alice") == []
    swap.remove()
    await running_group.session.settle()
    assert running_group.inbox("alice") == [b"alone"]


async def test_one_after_the_other_can_not_be_swapped(running_group: RunningGroup) -> None:
    """A provider sends the next delivery only when it has the answer to the one before: order is safe."""
    with running_group.session.inject(Reorder(where=first(2))) as swap:
        await running_group.say(b"0", b"1")
        assert (len(swap.held), running_group.inbox("bob")) == (1, [])
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
