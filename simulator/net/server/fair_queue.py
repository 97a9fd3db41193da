"""How many requests of one peer a server works on at a time, so that a flood is the flooder's own problem."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio


class FairQueue:
    """`most` turns for each peer at a time; who came first is next. Nothing is kept of peers that are idle.

    Whoever is next waits `seconds` and no longer: who holds a turn for that long waits for somebody else, and costs
    nothing meanwhile.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._peers: dict[str, _Peer] = {}

    @asynccontextmanager
    async def take(self, address: str) -> AsyncIterator[None]:
        """Have one of the peer's turns for the time of the block."""
        peer = self._peers.setdefault(address, _Peer(self._most))
        peer.users += 1
        try:
            async with peer.turn(self._seconds):
                yield
        finally:
            peer.users -= 1
            if not peer.users:
                del self._peers[address]

    def __len__(self) -> int:
        """How many peers have a turn, or wait for one."""
        return len(self._peers)


class _Peer:
    """One peer: its turns, its line, and how many have or want a turn."""

    def __init__(self, most: int) -> None:
        self.users = 0
        self._free = trio.Semaphore(most)
        self._line = trio.Lock()

    @asynccontextmanager
    async def turn(self, seconds: float) -> AsyncIterator[None]:
        got = False
        async with self._line:
            with trio.move_on_after(seconds):
                await self._free.acquire()
                got = True
        try:
            yield
        finally:
            if got:
                self._free.release()
