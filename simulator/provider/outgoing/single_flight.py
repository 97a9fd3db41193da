"""A question that is asked once for all who want to know at the same time; they share the answer, or the failure."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from simulator.errors import SimulatorError
from simulator.net import Latch
from simulator.provider.work_tracker import WorkTracker

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Questions under names, at most one under each name at a time. Who waits for one that is held up rests too.

    A host that hangs costs its timeout once, however many wait; nothing is kept of a question that is over.
    """

    def __init__(self, work_tracker: WorkTracker) -> None:
        self._work_tracker = work_tracker
        self._flights: dict[str, _Flight[T]] = {}

    async def ask(self, name: str, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer to the question under `name` that is being asked already, else to `ask`. Raises what that raises.

        Where the asking task is cancelled, one of those who wait asks. To be used in counted work.
        """
        while (asked := self._flights.get(name)) is not None:
            await asked.over(self._work_tracker)
            if asked.answers:
                return asked.answers[0]
            if asked.error is not None:
                raise asked.error
        question = self._flights[name] = _Flight()
        try:
            question.answers.append(await ask())
        except SimulatorError as error:
            question.error = error
            raise
        finally:
            del self._flights[name]
            question.end()
        return question.answers[0]

    async def turn(self, name: str, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer to a question of one's own, asked when no other one under `name` is. Raises what `ask` raises."""
        while (asked := self._flights.get(name)) is not None:
            await asked.over(self._work_tracker)
        return await self.ask(name, ask)


class _Flight(Generic[T]):
    """One question while it is asked, with those who wait for the answer."""

    def __init__(self) -> None:
        self.answers: list[T] = []
        self.error: SimulatorError | None = None
        self._waiting: list[Latch] = []

    async def over(self, work_tracker: WorkTracker) -> None:
        """Wait for its end."""
        latch = Latch(work_tracker)
        self._waiting.append(latch)
        try:
            await latch.wait()
        finally:
            self._waiting.remove(latch)
            latch.open()

    def end(self) -> None:
        """Let everybody know."""
        for latch in tuple(self._waiting):
            latch.open()
