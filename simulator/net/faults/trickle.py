"""The pace of slow reading and slow writing."""

from simulator.dataclass import dataclass
from simulator.net.client.attempt import Attempt
from simulator.net.faults.fault_context import FaultContext


@dataclass(frozen=True, slots=True)
class Trickle:
    """At most `piece` bytes at a time, `seconds` of protocol time before each piece."""

    piece: int
    seconds: int
    attempt: Attempt
    context: FaultContext

    async def step(self, passed: int | None) -> None:
        """Wait for the next piece's time."""
        await self.context.pause(self.attempt, self.seconds)
