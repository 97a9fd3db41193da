"""A deadline on the real clock while something moves, on the protocol's while it is held up."""

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.net.timeouts import GivenUp, Latch, NoWorkTracker, Timeout
from simulator.provider import ManualClock, WorkTracker


async def test_real_time_counts_while_it_moves(mock_clock: MockClock) -> None:
    timeout = Timeout(30, ManualClock(0))

    async def dawdle() -> None:
        with timeout.running():
            mock_clock.jump(31)
            await trio.sleep_forever()

    with pytest.raises(trio.TooSlowError):
        await dawdle()


async def test_whoever_gives_an_exchange_up_does_not_hear_that_its_time_is_up() -> None:
    timeout = Timeout(30, ManualClock(0))

    async def dawdle() -> None:
        with timeout.running():
            timeout.give_up()
            await trio.sleep_forever()

    with pytest.raises(GivenUp):
        await dawdle()


async def test_protocol_time_counts_while_it_is_held_up(mock_clock: MockClock, nursery: trio.Nursery) -> None:
    clock = ManualClock(100)
    latch = Latch(NoWorkTracker())
    lost = trio.Event()

    async def cross() -> None:
        timeout = Timeout(30, clock)
        with pytest.raises(trio.TooSlowError), timeout.running():
            await timeout.wait(latch)
        lost.set()

    nursery.start_soon(cross)
    await wait_all_tasks_blocked()
    mock_clock.jump(1000)
    clock.advance(29)
    await wait_all_tasks_blocked()
    assert not lost.is_set()
    clock.advance(1)
    await wait_all_tasks_blocked()
    assert lost.is_set()
    assert latch.is_open


async def test_what_was_left_of_real_time_is_left_afterwards(mock_clock: MockClock, nursery: trio.Nursery) -> None:
    clock = ManualClock(0)
    latch = Latch(NoWorkTracker())

    async def open_late() -> None:
        await wait_all_tasks_blocked()
        mock_clock.jump(1000)
        latch.open()

    timeout = Timeout(30, clock)
    reached: list[str] = []

    async def cross() -> None:
        with timeout.running():
            mock_clock.jump(20)
            nursery.start_soon(open_late)
            await timeout.wait(latch)
            clock.advance(1000)  # no matter: nothing is held up
            mock_clock.jump(9)
            await trio.lowlevel.checkpoint()
            reached.append("29 seconds")
            mock_clock.jump(2)
            await trio.sleep_forever()

    with pytest.raises(trio.TooSlowError):
        await cross()
    assert reached == ["29 seconds"]


async def test_patience_that_is_over_is_over_at_the_next_gate() -> None:
    clock = ManualClock(0)
    timeout = Timeout(30, clock)
    clock.advance(30)
    with pytest.raises(trio.TooSlowError), timeout.running():
        await timeout.wait(Latch(NoWorkTracker()))


async def test_a_gate_tells_at_once_and_once(nursery: trio.Nursery) -> None:
    work_tracker = WorkTracker()
    work_tracker.begin()
    latch = Latch(work_tracker)
    with trio.fail_after(5):
        await work_tracker.idle()
    latch.open()
    latch.open()
    nursery.start_soon(work_tracker.idle)
    await wait_all_tasks_blocked()
    assert len(nursery.child_tasks) == 1
    work_tracker.end()


async def test_one_who_gives_up_leaves_no_gate_closed() -> None:
    latch = Latch(NoWorkTracker())
    with trio.move_on_after(0):
        await Timeout(30, ManualClock(0)).wait(latch)
    assert latch.is_open
