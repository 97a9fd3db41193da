"""Who is let in: how many connections a server has open, with whom."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Door:
    """Counts connections, over all peers and for each peer address."""

    def __init__(self, most: int, most_per_peer: int) -> None:
        self._most = most
        self._most_per_peer = most_per_peer
        self._inside: Counter[str] = Counter()

    @contextmanager
    def guest(self, address: str) -> Iterator[str | None]:
        """A peer is inside for the time of a `with` block; yields why not, if there is no room for it."""
        refusal = self._full_for(address)
        if refusal is not None:
            yield refusal
            return
        self._inside[address] += 1
        try:
            yield None
        finally:
            self._inside[address] -= 1
            if not self._inside[address]:
                del self._inside[address]

    def _full_for(self, address: str) -> str | None:
        if self._inside[address] >= self._most_per_peer:
            return f"{address} has {self._most_per_peer} connections open already"
        if self._inside.total() >= self._most:
            return f"{self._most} connections are open already"
        return None
