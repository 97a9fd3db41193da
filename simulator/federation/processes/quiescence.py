"""How one knows that nothing is under way in any process."""

from collections.abc import Awaitable, Callable, Sequence

import trio

from simulator.federation.processes.messages import SHARE
from simulator.federation.processes.process import Process
from simulator.machine import MachineFailure
from simulator.provider import Counts, WorkTracker


async def until_still(count: Callable[[], Awaitable[Sequence[Counts]]]) -> None:
    """Wait until nothing is under way, or all of it is held up, in all processes that `count` asks.

    Who has sent a request counts it until it has the answer: so it is counted somewhere while it is on its way. All
    processes are asked twice: if as much stands still as there is, and nothing has changed from one answer to the
    other, that was so everywhere at the moment between the two rounds.
    """
    before: Sequence[Counts] = ()
    while True:
        now = await count()
        if now == before and sum(each.working for each in now) <= sum(each.resting for each in now):
            return
        before = now


class SharedWork(WorkTracker):
    """The work of all processes, and what is counted here. One that is gone has none."""

    def __init__(self, processes: Sequence[Process]) -> None:
        super().__init__()
        self._processes = processes

    async def idle(self) -> None:
        """See `until_still`; what is counted here is part of it."""
        await super().idle()
        await until_still(self._counts)

    async def _counts(self) -> list[Counts]:
        found: dict[int, Counts] = {}

        async def count(place: int, process: Process) -> None:
            try:
                found[place] = await process.act((SHARE, ""), ("counts",))
            except MachineFailure:
                found[place] = Counts(0, 0, 0)  # who needs to know has been told

        async with trio.open_nursery() as nursery:
            for place, process in enumerate(self._processes):
                nursery.start_soon(count, place, process)
        return [self.counts, *(found[place] for place in sorted(found))]
