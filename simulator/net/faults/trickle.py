"""The pace of slow reading and slow writing."""

from dataclasses import dataclass

from simulator.net.crossing import Crossing
from simulator.net.faults.grip import Grip


@dataclass(frozen=True, slots=True)
class Trickle:
    """At most `piece` bytes at a time, `seconds` of protocol time before each piece."""

    piece: int
    seconds: int
    crossing: Crossing
    grip: Grip

    async def step(self, passed: int | None) -> None:
        """Wait for the next piece's time."""
        await self.grip.pause(self.crossing, self.seconds)
