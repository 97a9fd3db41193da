"""Clocks that are wrong."""

from simulator.net.faults.fault import Fault
from simulator.net.faults.fault_context import FaultContext


class ClockSkew(Fault, frozen=True, kw_only=True, tag="clock_skew"):
    """A provider's clock is ahead of everybody's, or behind. Requests pass."""

    provider: str
    seconds: int
    """Negative: behind."""

    @property
    def about(self) -> tuple[str, ...]:
        """Whose clock it is."""
        return (self.provider,)

    def begin(self, context: FaultContext) -> None:
        """Put the clock wrong."""
        context.machine(self.provider).skew(self.seconds)

    def end(self, context: FaultContext) -> None:
        """Put it right."""
        context.machine(self.provider).skew(0)
