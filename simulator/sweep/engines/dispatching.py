"""Who runs what: tasks go to whoever is free, come again where a worker died, and their outcomes out as they end."""

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import trio

from simulator.dataclass import dataclass
from simulator.sweep.engines.engine import EngineLost
from simulator.sweep.engines.tasks import Failure, Outcome, Task


class Died(Exception):
    """A worker is gone before it told what came of a task: what became of it, as in "was killed by signal 9"."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task that somebody is to run, for the first time or again."""

    run: "Run"
    task: Task
    attempt: int = 1
    suspect: bool = False
    """Whether it was at a worker that died, or was to be run there next: who can't tell one from the other otherwise
    runs it alone.
    """

    @property
    def is_alone(self) -> bool:
        """Whether nothing else may be lost with it: it may be what kills its worker, or is run only once."""
        return self.suspect or self.task.attempts == 1


class Run(AsyncIterator[Outcome]):
    """One run: tasks that wait, tasks that are out, outcomes that nobody has taken yet."""

    def __init__(self, tasks: Iterator[Task], limit: Callable[[], int] | None, dispatcher: "Dispatcher") -> None:
        self._tasks: Iterator[Task] | None = tasks
        self._own_limit = limit
        self._again: deque[Assignment] = deque()
        self._ended: deque[Outcome] = deque()
        self._out = 0
        self._error: BaseException | None = None
        self._dispatcher = dispatcher
        self._changed = trio.Event()

    @property
    def _limit(self) -> int:
        return self._dispatcher.usual_limit if self._own_limit is None else self._own_limit()

    def take(self) -> Assignment | None:
        """What is to be run next, if anything can be now."""
        if self._again:
            return self._again.popleft()
        if self._tasks is None or self._out >= self._limit:
            return None
        try:
            task = next(self._tasks, None)
        except Exception as error:  # whatever makes tasks fails for whoever wants their outcomes
            self.fail(error)
            return None
        if task is None:
            self._tasks = None
            self._changed.set()
            return None
        self._out += 1
        return Assignment(self, task)

    def take_batch(self, most: int, takers: int) -> list[Assignment]:
        """What can be run next by one of so many who ask: nothing, what is run alone, or at most `most` others, and no
        more than leave as many for each other taker where the run limits how many are out.
        """
        found: list[Assignment] = []
        most = max(1, min(most, self._limit // takers))
        while len(found) < most and (each := self.take()) is not None:
            if each.is_alone and found:
                self._again.appendleft(each)
                self._dispatcher.changed()
                break
            found.append(each)
            if each.is_alone:
                break
        return found

    def ended(self, outcome: Outcome) -> None:
        """It is over, and its outcome can be handed out."""
        self._ended.append(outcome)
        self._changed.set()

    def again(self, assignment: Assignment) -> None:
        """It has not begun: it is run before those that wait."""
        if self._error is None:
            self._again.append(assignment)
            self._dispatcher.changed()

    def died(self, assignment: Assignment, how: str) -> None:
        """Its worker died: it is run once more, or that is what came of it."""
        task, attempt = assignment.task, assignment.attempt
        if attempt < task.attempts:
            self.again(Assignment(self, task, attempt + 1, suspect=True))
            return
        several = f"; {attempt} processes died of it" if attempt > 1 else ""
        failure = Failure(f"the process that ran it {how}{several}", died=True)
        self.ended(Outcome(task.key, failure=failure, attempts=attempt))

    def fail(self, error: BaseException) -> None:
        """Nothing of it is run any more; whoever wants an outcome gets those that there are, and then this."""
        self._tasks, self._error = None, error
        self._again.clear()
        self._changed.set()

    async def __anext__(self) -> Outcome:
        """The next outcome. Raises what stands in the way of more."""
        while True:
            if self._ended:
                await trio.lowlevel.checkpoint()
                self._out -= 1
                if self._tasks is not None:
                    self._dispatcher.changed()
                return self._ended.popleft()
            if self._error is not None:
                raise self._error
            if self._tasks is None and self._out == 0:
                raise StopAsyncIteration
            self._changed = trio.Event()
            await self._changed.wait()


class Dispatcher:
    """Hands the tasks of one run after the other to all who ask."""

    def __init__(self, usual_limit: int) -> None:
        self.usual_limit = usual_limit
        """How many tasks are out at most where a run does not say otherwise."""
        self._run: Run | None = None
        self._changed = trio.Event()
        self._lost: EngineLost | None = None

    def begin(self, tasks: Iterable[Task], limit: Callable[[], int] | None = None) -> Run:
        """A run, in place of the one before: of that nothing more is handed out. `limit` says how many tasks are out at
        most, asked anew each time.
        """
        self._run = Run(iter(tasks), limit, self)
        if self._lost is not None:
            self._run.fail(self._lost)
        self.changed()
        return self._run

    async def take(self) -> Assignment:
        """What is to be run next; waits until there is something."""
        while True:
            if self._run is not None and (found := self._run.take()) is not None:
                return found
            await self._changed.wait()

    async def take_batch(self, most: int, takers: int) -> list[Assignment]:
        """What is to be run next by one of so many who ask, one task or more; waits until there is something."""
        while True:
            if self._run is not None and (found := self._run.take_batch(most, takers)):
                return found
            await self._changed.wait()

    def lose(self, error: EngineLost) -> None:
        """Nothing can be run any more, now or in a later run."""
        self._lost = error
        if self._run is not None:
            self._run.fail(error)

    def changed(self) -> None:
        """Let all who wait for something to run look again."""
        self._changed.set()
        self._changed = trio.Event()
