"""What every engine does."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable
from types import TracebackType
from typing import Self

from simulator.errors import SimulatorError
from simulator.sweep.engines.tasks import Outcome, Task


class EngineLost(SimulatorError):
    """An engine can't run anything (any more). What it has handed out stays true; the rest can be run by another."""


class Engine(ABC):
    """Runs tasks while it is open: an async context manager under trio. One run at a time."""

    @property
    @abstractmethod
    def workers(self) -> int:
        """How many tasks it runs at a time; how many it has just now, where that changes."""

    @property
    def has_our_files(self) -> bool:
        """Whether what a task refers to by path is there where it is run."""
        return True

    async def __aenter__(self) -> Self:
        """Open it. Raises EngineLost where it can't be."""
        return self

    @abstractmethod
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        """End what it still runs, here or there, in an orderly way first."""

    @abstractmethod
    def run(self, tasks: Iterable[Task], *, per_worker: int | None = None) -> AsyncIterator[Outcome]:
        """What comes of each task, in the order in which they end.

        At most `per_worker` tasks for each worker that there is just now are taken whose outcomes were not handed out
        yet (None: as many as keep all workers busy), so that `tasks` may be without end. With few of them what makes
        tasks knows nearly all that came of those before; short tasks then cost a cluster more. Leaving the loop early
        leaves tasks to run until the engine is closed. Raises EngineLost, and what `tasks` raises.
        """
