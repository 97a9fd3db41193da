"""One after the other, in the order of asking; nobody while a user acts, or while somebody is about to be back."""

import trio
import trio.testing

from simulator.net.returning import Returning
from simulator.provider import Counts, WorkTracker
from simulator.provider.outgoing.turns import Turn, Turns


class _Run:
    """Tasks that take turns; each has its turn until it is told to end."""

    def __init__(self, nursery: trio.Nursery) -> None:
        self.tracker = WorkTracker()
        self.returning = Returning()
        self.turns = Turns(self.tracker, self.returning)
        self.begun: list[str] = []
        self.ends: dict[str, trio.Event] = {}
        self._nursery = nursery

    def ask(self, name: str) -> trio.CancelScope:
        """One more; what cancels it."""
        scope, self.ends[name] = trio.CancelScope(), trio.Event()
        self.tracker.begin()
        self._nursery.start_soon(self._take, name, self.turns.ask(), scope)
        return scope

    async def _take(self, name: str, turn: Turn, scope: trio.CancelScope) -> None:
        with scope:
            async with turn:
                self.begun.append(name)
                await self.ends[name].wait()
        self.tracker.end()


async def test_in_the_order_of_asking() -> None:
    async with trio.open_nursery() as nursery:
        run = _Run(nursery)
        for name in ("one", "two", "three", "four"):
            scope = run.ask(name)
            if name == "three":
                never = scope
        assert run.turns.asked == 4
        await trio.testing.wait_all_tasks_blocked()
        assert run.begun == ["one"]
        assert (run.tracker.counts.working, run.tracker.counts.resting) == (4, 3), "who waits stands still"
        never.cancel()
        for name in ("one", "two", "four"):
            run.ends[name].set()
        await run.tracker.idle()
    assert run.begun == ["one", "two", "four"]
    assert run.tracker.counts == Counts(0, 0, run.tracker.counts.changes)


async def test_nobody_while_a_user_acts() -> None:
    async with trio.open_nursery() as nursery:
        run = _Run(nursery)
        with run.turns.paused():
            run.ask("one")
            await run.tracker.idle()
            assert run.begun == []
            with run.turns.resumed():
                run.ends["one"].set()
                await run.tracker.idle()
                assert run.begun == ["one"]
            run.ask("two")
            await run.tracker.idle()
            assert run.begun == ["one"]
        run.ends["two"].set()
        await run.tracker.idle()
        assert run.begun == ["one", "two"]


async def test_nobody_while_somebody_is_about_to_be_back() -> None:
    async with trio.open_nursery() as nursery:
        run = _Run(nursery)
        back = run.returning.begin("b.example")
        run.ask("one")
        await trio.testing.wait_all_tasks_blocked()
        assert run.begun == []
        back()
        run.ends["one"].set()
        await run.tracker.idle()
        assert run.begun == ["one"]
