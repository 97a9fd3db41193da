"""What the two HTTP versions need of the connection that they are spoken on."""

from typing import Protocol

from simulator.net.http import PeerFacts


class Link(Protocol):
    """Bytes in and out, and who waits for whom."""

    @property
    def stopping(self) -> bool:
        """Whether the connection ends when no request is being served any more."""
        ...

    def peer(self, http_version: str) -> PeerFacts:
        """Who is at the other end."""
        ...

    def rest(self, seconds: float) -> None:
        """No request is being served: wait so long for the next, from now on, and no longer."""
        ...

    def work(self) -> None:
        """A request is being served: wait for the peer's bytes as long as that takes."""
        ...

    async def read(self, most: int) -> bytes | bytearray:
        """The next bytes, at most so many; none when the peer has closed, or waiting for it is over."""
        ...

    async def write(self, data: bytes) -> None:
        """Bytes to the peer. Raises trio.BrokenResourceError where it is gone. One task at a time."""
        ...

    def linger(self) -> None:
        """The peer may be sending still when the connection is closed: give it time to hear of that."""
        ...

    def hang_up(self) -> None:
        """End the connection now, with everything that runs on it."""
        ...
