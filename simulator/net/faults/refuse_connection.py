"""Ports at which nobody listens."""

from simulator.net.crossing import Crossing, Onward
from simulator.net.faults.fault import Aimed
from simulator.net.faults.grip import Grip
from simulator.net.http import HTTPReply


class RefuseConnection(Aimed, frozen=True, kw_only=True, tag="refuse_connection"):
    """The peer's machine is there, its port is closed."""

    async def carry(self, crossing: Crossing, onward: Onward, grip: Grip) -> HTTPReply:
        """Nobody listens."""
        raise ConnectionRefusedError
