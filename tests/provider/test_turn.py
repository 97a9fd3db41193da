"""One at a time, in the order of asking; and who waits for one that is held up is held up too."""

import trio
from trio.testing import wait_all_tasks_blocked

from simulator.net import Gate
from simulator.provider import Activity
from simulator.provider.turn import Turn


async def test_one_at_a_time_in_order(nursery: trio.Nursery) -> None:
    turn = Turn(Activity())
    order: list[str] = []
    go = trio.Event()

    async def take(name: str) -> None:
        async with turn.take():
            order.append(f"{name} in")
            await go.wait()
            await trio.lowlevel.checkpoint()
            order.append(f"{name} out")

    for name in "abc":
        nursery.start_soon(take, name)
        await wait_all_tasks_blocked()
    assert order == ["a in"]
    go.set()
    await wait_all_tasks_blocked()
    assert order == ["a in", "a out", "b in", "b out", "c in", "c out"]


async def test_those_who_wait_rest_until_it_is_their_turn(nursery: trio.Nursery) -> None:
    activity = Activity()
    turn = Turn(activity)
    gate = Gate(activity)
    done: list[int] = []

    async def work(number: int) -> None:
        with activity.working():
            async with turn.take():
                if number == 0:
                    await gate.passed()
                await trio.lowlevel.checkpoint()
            done.append(number)

    for number in range(3):
        nursery.start_soon(work, number)
        await wait_all_tasks_blocked()
    with trio.fail_after(1):
        await activity.idle()
    assert done == []
    gate.open()
    with trio.fail_after(1):
        await activity.idle()
    assert done == [0, 1, 2]


async def test_one_who_gives_up_is_skipped(nursery: trio.Nursery) -> None:
    turn = Turn(Activity())
    taken = trio.Event()

    async def take() -> None:
        async with turn.take():
            taken.set()

    async with turn.take():
        with trio.CancelScope() as scope:
            scope.cancel()
            async with turn.take():
                raise AssertionError
        nursery.start_soon(take)
        await wait_all_tasks_blocked()
        assert not taken.is_set()
    with trio.fail_after(1):
        await taken.wait()
