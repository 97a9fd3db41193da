"""How many bytes of requests' bodies a server holds: for each peer address, and in all."""

from collections import Counter


class BodyMemory:
    """Counts the bytes of bodies that are being received or worked on. Nothing is kept of peers that hold none."""

    def __init__(self, most: int, most_per_peer: int) -> None:
        self._most = most
        self._most_per_peer = most_per_peer
        self._held: Counter[str] = Counter()
        self._total = 0

    def share(self, address: str) -> "Share":
        """What one request holds; given back at the end of a `with` block."""
        return Share(self, address)

    def held(self, address: str | None = None) -> int:
        """Bytes held for a peer; for all of them by default."""
        return self._total if address is None else self._held[address]

    def _take(self, address: str, size: int) -> bool:
        if self._held[address] + size > self._most_per_peer or self._total + size > self._most:
            return False
        self._held[address] += size
        self._total += size
        return True

    def _give_back(self, address: str, size: int) -> None:
        self._held[address] -= size
        self._total -= size
        if not self._held[address]:
            del self._held[address]


class Share:
    """The bytes of one body."""

    def __init__(self, memory: BodyMemory, address: str) -> None:
        self._memory = memory
        self._address = address
        self._size = 0

    def __enter__(self) -> "Share":
        return self

    def __exit__(self, *_: object) -> None:
        self.give_back()

    def take(self, size: int) -> bool:
        """Hold so many bytes more, if there is room."""
        taken = self._memory._take(self._address, size)
        self._size += size * taken
        return taken

    def give_back(self) -> None:
        """Hold nothing any more."""
        self._memory._give_back(self._address, self._size)
        self._size = 0
