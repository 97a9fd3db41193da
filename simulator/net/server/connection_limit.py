"""Who is let in: how many connections a server has open, with whom, and who makes room when there are too many."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class LimitedConnection(Protocol):
    """A connection, as far as it may have to make room for another."""

    @property
    def idle(self) -> bool:
        """No request is being served on it."""
        ...

    @property
    def asked(self) -> bool:
        """Its peer has asked for something."""
        ...

    def hang_up(self) -> None:
        """End it now."""
        ...


class ConnectionLimit:
    """Counts connections, over all peers and for each peer address.

    When all peers together have too many, an idle one makes room: one whose peer has asked for nothing yet rather than
    one that has, of the address that has most of them, the oldest. A connection on which a request is being served
    stays. So whoever holds connections and does nothing keeps nobody out.
    """

    def __init__(self, most: int, most_per_peer: int) -> None:
        self._most = most
        self._most_per_peer = most_per_peer
        self._inside: dict[LimitedConnection, str] = {}
        self._of: Counter[str] = Counter()

    @contextmanager
    def admit(self, address: str, connection: LimitedConnection) -> Iterator[str | None]:
        """A peer is inside for the time of a `with` block; yields why not, if there is no room for it."""
        refusal = self._full_for(address)
        if refusal is not None:
            yield refusal
            return
        self._inside[connection] = address
        self._of[address] += 1
        try:
            yield None
        finally:
            self._leave(connection)

    def _full_for(self, address: str) -> str | None:
        if self._of[address] >= self._most_per_peer:
            return f"{address} has {self._most_per_peer} connections open already"
        if len(self._inside) >= self._most and not self._make_room():
            return f"{self._most} connections are open already"
        return None

    def _make_room(self) -> bool:
        idle = [connection for connection in self._inside if connection.idle]
        if not idle:
            return False
        last = min(idle, key=lambda connection: (connection.asked, -self._of[self._inside[connection]]))
        self._leave(last)
        last.hang_up()
        return True

    def _leave(self, connection: LimitedConnection) -> None:
        address = self._inside.pop(connection, None)
        if address is None:  # it made room already
            return
        self._of[address] -= 1
        if not self._of[address]:
            del self._of[address]
