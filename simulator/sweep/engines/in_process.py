"""The engine without workers: tasks one after the other, in this process and under this trio."""

from collections.abc import AsyncIterator, Iterable, Iterator
from types import TracebackType

from simulator.sweep.engines.engine import Engine
from simulator.sweep.engines.performing import perform
from simulator.sweep.engines.tasks import Outcome, Task


class InProcess(Engine):
    """A task that ends this process ends all; its memory is all that this process has."""

    @property
    def workers(self) -> int:
        """This process."""
        return 1

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing runs on that whoever closes it does not cancel."""

    def run(self, tasks: Iterable[Task], *, per_worker: int | None = None) -> AsyncIterator[Outcome]:
        """Each is run when somebody asks for its outcome."""
        return _InTurn(iter(tasks))


class _InTurn(AsyncIterator[Outcome]):
    """No generator: whoever leaves a loop over one early would have to close it."""

    def __init__(self, tasks: Iterator[Task]) -> None:
        self._tasks = tasks

    async def __anext__(self) -> Outcome:
        for task in self._tasks:
            return await perform(task)
        raise StopAsyncIteration
