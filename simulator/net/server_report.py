"""What a server says to its operator, since no peer would see it."""

from collections.abc import Callable
from typing import Literal

from simulator.dataclass import dataclass
from simulator.trace.events import TLSFailure


@dataclass(frozen=True, slots=True)
class ServerFault:
    """A server's own failure, contained: in its handler (the peer got a 500), in a connection (the peer lost it), or
    before one (the peer waits). A MachineFailure says nothing about the server itself.
    """

    server: str
    where: Literal["handler", "connection", "accept"]
    error: Exception


Report = Callable[[TLSFailure | ServerFault], None]
"""Called in the midst of serving: must return at once and not raise."""
