"""One question at a time under each name, one answer for all; and who waits for one that is held up is held up too."""

from collections.abc import Awaitable, Callable

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from simulator.errors import SimulatorError
from simulator.net import Latch
from simulator.provider import WorkTracker
from simulator.provider.outgoing.single_flight import SingleFlight


class Host:
    """Answers when it is told to, and counts how often it is asked."""

    def __init__(self, answer: str | None = "here") -> None:
        self.asked = 0
        self.go = trio.Event()
        self._answer = answer

    async def __call__(self) -> str:
        self.asked += 1
        await self.go.wait()
        if self._answer is None:
            raise SimulatorError("nobody there")
        return self._answer


async def test_all_who_ask_at_once_have_one_answer(nursery: trio.Nursery) -> None:
    shared: SingleFlight[str] = SingleFlight(WorkTracker())
    host, answers = Host(), list[str]()

    async def ask() -> None:
        answers.append(await shared.ask("b.example", host))

    for _ in range(5):
        nursery.start_soon(ask)
    await wait_all_tasks_blocked()
    host.go.set()
    await wait_all_tasks_blocked()
    assert (host.asked, answers) == (1, ["here"] * 5)
    await ask()
    assert host.asked == 2, "nothing is kept"


async def test_a_failure_is_everybodys_too(nursery: trio.Nursery) -> None:
    shared: SingleFlight[str] = SingleFlight(WorkTracker())
    host, failures = Host(answer=None), list[str]()

    async def ask() -> None:
        with pytest.raises(SimulatorError) as caught:
            await shared.ask("b.example", host)
        failures.append(str(caught.value))

    for _ in range(5):
        nursery.start_soon(ask)
    await wait_all_tasks_blocked()
    host.go.set()
    await wait_all_tasks_blocked()
    assert (host.asked, failures) == (1, ["nobody there"] * 5), "a host that hangs costs its timeout once"


async def test_names_do_not_wait_for_each_other(nursery: trio.Nursery) -> None:
    shared: SingleFlight[str] = SingleFlight(WorkTracker())
    slow, quick = Host("slow"), Host("quick")
    quick.go.set()
    nursery.start_soon(shared.ask, "slow.example", slow)
    await wait_all_tasks_blocked()
    assert await shared.ask("quick.example", quick) == "quick"
    slow.go.set()


async def test_where_the_one_who_asks_gives_up_another_asks(nursery: trio.Nursery) -> None:
    shared: SingleFlight[str] = SingleFlight(WorkTracker())
    first, second, answers = Host(), Host("from the second"), list[str]()
    second.go.set()

    async def ask(host: Callable[[], Awaitable[str]]) -> None:
        answers.append(await shared.ask("b.example", host))

    leading = trio.CancelScope()

    async def lead() -> None:
        with leading:
            await ask(first)

    nursery.start_soon(lead)
    await wait_all_tasks_blocked()
    nursery.start_soon(ask, second)
    await wait_all_tasks_blocked()
    leading.cancel()
    await wait_all_tasks_blocked()
    assert (first.asked, second.asked, answers) == (1, 1, ["from the second"])


async def test_one_who_waits_may_give_up(nursery: trio.Nursery) -> None:
    work_tracker = WorkTracker()
    shared: SingleFlight[str] = SingleFlight(work_tracker)
    host = Host()
    nursery.start_soon(shared.ask, "b.example", host)
    await wait_all_tasks_blocked()
    with trio.move_on_after(0):
        await shared.ask("b.example", Host())
    host.go.set()
    await wait_all_tasks_blocked()
    assert host.asked == 1


async def test_those_who_wait_rest_until_there_is_an_answer(nursery: trio.Nursery) -> None:
    work_tracker = WorkTracker()
    shared: SingleFlight[int] = SingleFlight(work_tracker)
    latch = Latch(work_tracker)
    latch.open()
    held = list[Latch]()
    done = list[int]()

    async def held_up() -> int:
        held.append(Latch(work_tracker))
        await held[0].wait()
        await trio.lowlevel.checkpoint()
        return 1

    async def work() -> None:
        with work_tracker.working():
            done.append(await shared.ask("b.example", held_up))

    for _ in range(3):
        nursery.start_soon(work)
    await wait_all_tasks_blocked()
    with trio.fail_after(5):
        await work_tracker.idle()
    assert done == []
    held[0].open()
    with trio.fail_after(5):
        await work_tracker.idle()
    assert done == [1, 1, 1]


async def test_who_wants_an_answer_of_his_own_waits_for_his_turn(nursery: trio.Nursery) -> None:
    flights: SingleFlight[str] = SingleFlight(WorkTracker())
    hosts, answers = [Host(str(number)) for number in range(3)], list[str]()

    async def ask(host: Host) -> None:
        answers.append(await flights.turn("b.example", host))

    for host in hosts:
        nursery.start_soon(ask, host)
    for _ in hosts:
        await wait_all_tasks_blocked()
        (waiting,) = [host for host in hosts if host.asked and not host.go.is_set()]
        waiting.go.set()
    await wait_all_tasks_blocked()
    assert sorted(answers) == ["0", "1", "2"]
