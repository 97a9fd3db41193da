"""What engines with workers have in common: a dispatcher, and a nursery in which workers are looked after."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import trio

from simulator.sweep.engines.dispatching import Dispatcher
from simulator.sweep.engines.engine import Engine
from simulator.sweep.engines.tasks import Outcome, Task


class WorkerEngine(Engine):
    """An engine whose workers take tasks from `dispatcher`."""

    def __init__(self, usual_limit: int) -> None:
        self.dispatcher = Dispatcher(usual_limit)
        self._stack = AsyncExitStack()
        self._nursery: trio.Nursery

    async def __aenter__(self) -> Self:
        """Raises EngineLost."""
        async with AsyncExitStack() as stack:
            await self.open(stack)
            self._nursery = await stack.enter_async_context(trio.open_nursery())
            self.start(self._nursery)
            self._stack = stack.pop_all()
        return self

    async def open(self, stack: AsyncExitStack) -> None:
        """Let `stack` hold what is needed before there are workers, and is given up after them. Raises EngineLost."""

    @abstractmethod
    def start(self, nursery: trio.Nursery) -> None:
        """Start who looks after workers; cancelling the nursery ends these and what they run."""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What the block has raised is no matter of the nursery, which would wrap it."""
        self._nursery.cancel_scope.cancel()
        await self._stack.aclose()

    def run(self, tasks: Iterable[Task], *, per_worker: int | None = None) -> AsyncIterator[Outcome]:
        """As every engine does."""
        limit = None if per_worker is None else lambda: per_worker * max(1, self.workers)
        return self.dispatcher.begin(tasks, limit)
