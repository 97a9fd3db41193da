"""How one knows that nothing is under way any more, without waiting a while to see."""

from collections.abc import Iterator
from contextlib import contextmanager

import trio


class Activity:
    """Counts the work that is under way in a whole federation."""

    def __init__(self) -> None:
        self._working = 0
        self._idle = trio.Event()
        self._idle.set()

    def begin(self) -> None:
        """One more piece of work is under way, from this moment on: also before the task that does it first runs."""
        self._working += 1
        if self._idle.is_set():
            self._idle = trio.Event()

    def end(self) -> None:
        """One piece of work is over."""
        self._working -= 1
        if self._working == 0:
            self._idle.set()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work for the time of a `with` block."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._working:
            await self._idle.wait()
