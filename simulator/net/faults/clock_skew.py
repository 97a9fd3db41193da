"""Clocks that are wrong."""

from simulator.net.faults.fault import Fault
from simulator.net.faults.grip import Grip


class ClockSkew(Fault, frozen=True, kw_only=True, tag="clock_skew"):
    """A provider's clock is ahead of everybody's, or behind. Requests pass."""

    provider: str
    seconds: int
    """Negative: behind."""

    @property
    def about(self) -> tuple[str, ...]:
        """Whose clock it is."""
        return (self.provider,)

    def begin(self, grip: Grip) -> None:
        """Put the clock wrong."""
        grip.machine(self.provider).skew(self.seconds)

    def end(self, grip: Grip) -> None:
        """Put it right."""
        grip.machine(self.provider).skew(0)
