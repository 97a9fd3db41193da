"""One at a time, where those who wait do not count as busy: whoever has the turn may be held up for long."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.net import Gate
from simulator.provider.activity import Activity


class Turn:
    """A lock. Who came first is next."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity
        self._taken = False
        self._waiting: list[Gate] = []

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Have the turn for the time of the block. To be used in counted work."""
        while self._taken:
            await self._wait()
        self._taken = True
        try:
            yield
        finally:
            self._taken = False
            if self._waiting:
                self._waiting[0].open()

    async def _wait(self) -> None:
        gate = Gate(self._activity)
        self._waiting.append(gate)
        try:
            await gate.passed()
        finally:
            self._waiting.remove(gate)
            gate.open()
