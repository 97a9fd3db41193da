"""What the HTTP versions, and the application behind them, need of the connection that they are used on."""

from typing import Protocol

from simulator.net.tls.tls import TLSFacts


class Link(Protocol):
    """One TLS connection; in a scope it is `extensions["connection"]`."""

    @property
    def facts(self) -> TLSFacts:
        """What the handshake has agreed on."""
        ...

    @property
    def stopping(self) -> bool:
        """Whether the connection ends when no request is being served any more."""
        ...

    async def write(self, data: bytes) -> None:
        """Bytes to the peer, which has its time for them."""
        ...

    def turn(self, *, idle: bool) -> None:
        """From now on no request is served, or one is."""
        ...

    def linger(self) -> None:
        """The peer may be sending still when the connection is closed: give it time to hear of that."""
        ...

    def hang_up(self) -> None:
        """End the connection now, with everything that runs on it."""
        ...
