"""Whose turn it is: what the clients of one process ask for waits for those of the processes before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import trio

from simulator.clients import Client
from simulator.clients.home_provider import HomeProvider

ASKING = ("submit", "key_packages", "say_consent")
"""The methods of a home provider by which a client asks somebody for something: what comes of it may depend on who
asked before. Everything else is between a client and its own queue.
"""


class Turn:
    """A process's turn: always, but for the time in which the clients of several read their queues side by side."""

    def __init__(self) -> None:
        self._come = trio.Event()
        self._come.set()

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """Until `come`, or the end of the `with` block, no client asks for anything."""
        self._come = trio.Event()
        try:
            yield
        finally:
            self._come.set()

    def come(self) -> None:
        """All processes before have ended."""
        self._come.set()

    async def wait(self) -> None:
        """Until it has come."""
        if not self._come.is_set():
            await self._come.wait()


def keep_to(turn: Turn, client: Client) -> None:
    """Let a client ask for something only in its process's turn."""
    client.state.home = cast("HomeProvider", _InTurn(client.state.home, turn))


class _InTurn:
    """A client's home provider that is asked in turn."""

    def __init__(self, home: HomeProvider, turn: Turn) -> None:
        self._home = home
        self._turn = turn

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._home, name)
        if name not in ASKING:
            return found

        async def ask(*args: Any, **kwargs: Any) -> Any:
            await self._turn.wait()
            return await found(*args, **kwargs)

        return ask
