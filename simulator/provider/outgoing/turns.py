"""One delivery after the other, in the whole federation."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from simulator.net.returning import Returning
from simulator.net.timeouts import Latch, WorkTracker


class Turns:
    """Gives turns in the order in which they are asked for, and none while somebody is missing who is about to be back,
    or while a user acts.

    A provider that may crash at any point of its work keeps to them: else the speed of this machine would decide which
    of several deliveries has got how far by then, and who has an answer. Who waits counts as held up.
    """

    def __init__(self, work_tracker: WorkTracker, returning: Returning) -> None:
        self._work_tracker = work_tracker
        self._returning = returning
        self._waiting: deque[Turn] = deque()
        self._taken: Turn | None = None
        returning.all_back = self._give
        self.asked = 0
        """How often somebody has asked for one."""
        self._pauses = 0

    def ask(self) -> "Turn":
        """A place in the order, from this moment on; it is to be had in an `async with` block, once."""
        self.asked += 1
        turn = Turn(self, Latch(self._work_tracker))
        self._waiting.append(turn)
        self._give()
        return turn

    def give_back(self, turn: "Turn") -> None:
        """It is over, or not needed any more."""
        if self._taken is turn:
            self._taken = None
        else:
            self._waiting.remove(turn)
            turn.come.open()
        self._give()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """None is given in this block."""
        self._pauses += 1
        try:
            yield
        finally:
            self._pauses -= 1
            self._give()

    @contextmanager
    def resumed(self) -> Iterator[None]:
        """They are given in this block, also where it is part of what pauses them."""
        pauses, self._pauses = self._pauses, 0
        self._give()
        try:
            yield
        finally:
            self._pauses += pauses

    def _give(self) -> None:
        if self._taken is None and self._waiting and not self._pauses and self._returning.is_none:
            self._taken = self._waiting.popleft()
            self._taken.come.open()


class Turn:
    """A place in the order."""

    def __init__(self, turns: Turns, come: Latch) -> None:
        self.come = come
        self._turns = turns

    async def __aenter__(self) -> Self:
        try:
            await self.come.wait()
        except BaseException:
            self._turns.give_back(self)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._turns.give_back(self)
