"""Each peer's requests are worked on one after the other, all peers side by side."""

import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.net.server.fair_queue import FairQueue


class Work:
    """Pieces of work that last until they are told to end."""

    def __init__(self, fair_queue: FairQueue) -> None:
        self._fair_queue = fair_queue
        self.begun: list[str] = []
        self.ends: dict[str, trio.Event] = {}

    async def do(self, address: str, name: str) -> None:
        self.ends[name] = trio.Event()
        async with self._fair_queue.take(address):
            self.begun.append(name)
            await self.ends[name].wait()


async def test_who_came_first_is_next(nursery: trio.Nursery, mock_clock: MockClock) -> None:
    fair_queue = FairQueue(2, 1)
    work = Work(fair_queue)
    for number in range(5):
        nursery.start_soon(work.do, "127.0.0.2", f"{number}")
        await wait_all_tasks_blocked()
    assert work.begun == ["0", "1"]
    for number in range(5):
        work.ends[f"{number}"].set()
        await wait_all_tasks_blocked()
    assert work.begun == ["0", "1", "2", "3", "4"]
    assert len(fair_queue) == 0


async def test_nobody_waits_for_another_peer(nursery: trio.Nursery, mock_clock: MockClock) -> None:
    work = Work(FairQueue(1, 1))
    for number in range(10):
        nursery.start_soon(work.do, "127.0.0.2", f"flood {number}")
        await wait_all_tasks_blocked()
    nursery.start_soon(work.do, "127.0.0.3", "honest")
    await wait_all_tasks_blocked()
    assert work.begun == ["flood 0", "honest"]
    nursery.cancel_scope.cancel()


async def test_who_waits_for_somebody_else_holds_nobody_up_for_long(
    nursery: trio.Nursery, mock_clock: MockClock
) -> None:
    fair_queue = FairQueue(1, 0.25)
    work = Work(fair_queue)
    for number in range(4):
        nursery.start_soon(work.do, "127.0.0.2", f"{number}")
        await wait_all_tasks_blocked()
    for admitted in (1, 2, 3, 4):
        assert len(work.begun) == admitted
        mock_clock.jump(0.25)
        await wait_all_tasks_blocked()
    for end in work.ends.values():
        end.set()
    await wait_all_tasks_blocked()
    assert len(fair_queue) == 0
    nursery.start_soon(work.do, "127.0.0.2", "a")
    nursery.start_soon(work.do, "127.0.0.2", "b")
    await wait_all_tasks_blocked()
    assert len(work.begun) == 5, "there is one turn again, not more"
    nursery.cancel_scope.cancel()


async def test_who_gives_up_leaves_the_line(nursery: trio.Nursery, mock_clock: MockClock) -> None:
    fair_queue = FairQueue(1, 1)
    work = Work(fair_queue)
    nursery.start_soon(work.do, "127.0.0.2", "first")
    await wait_all_tasks_blocked()
    with trio.move_on_after(0):
        async with fair_queue.take("127.0.0.2"):
            raise AssertionError
    nursery.start_soon(work.do, "127.0.0.2", "next")
    work.ends["first"].set()
    await wait_all_tasks_blocked()
    assert work.begun == ["first", "next"]
    work.ends["next"].set()
    await wait_all_tasks_blocked()
    assert len(fair_queue) == 0
