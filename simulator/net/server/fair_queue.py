"""How many requests of one peer a server works on at a time, so that a flood is the flooder's own problem."""

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

    def take(self, address: str) -> "_Turn":
        """Have one of the peer's turns for the time of an `async with` block."""
        return _Turn(self, address)

    def __len__(self) -> int:
        """How many peers have a turn, or wait for one."""
        return len(self._peers)


class _Peer:
    """One peer: its turns, its line, and how many have or want a turn."""

    def __init__(self, most: int) -> None:
        self.users = 0
        self.free = trio.Semaphore(most)
        self._line = trio.Lock()

    async def wait(self, seconds: float) -> bool:
        """Wait for a turn; False where it has come to be without one. Where nobody waits, one that is free is had at
        once.
        """
        if self.free.value and not self._line.locked():
            self.free.acquire_nowait()
            return True
        async with self._line:
            with trio.move_on_after(seconds):
                await self.free.acquire()
                return True
        return False


class _Turn:
    """A turn, or what is done without one after waiting long enough."""

    def __init__(self, fair_queue: FairQueue, address: str) -> None:
        self._queue = fair_queue
        self._address = address
        self._has_turn = False

    async def __aenter__(self) -> None:
        peers = self._queue._peers
        peer = peers.get(self._address)
        if peer is None:
            peer = peers[self._address] = _Peer(self._queue._most)
        self._peer = peer
        peer.users += 1
        try:
            self._has_turn = await peer.wait(self._queue._seconds)
        except BaseException:
            self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        if self._has_turn:
            self._peer.free.release()
        self._leave()

    def _leave(self) -> None:
        self._peer.users -= 1
        if not self._peer.users:
            del self._queue._peers[self._address]
