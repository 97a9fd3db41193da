"""What a link between two providers is like, and which link is between which."""

from collections.abc import Mapping
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.net.clock import NANOSECONDS


@dataclass(frozen=True, slots=True)
class Link:
    """One direction of a link."""

    latency: int = 0
    """Nanoseconds from the last bit's leaving to its arrival."""
    jitter: int = 0
    """Nanoseconds that a message takes longer at most."""
    loss: float = 0
    """The probability that a segment is lost."""
    bandwidth: int | None = None
    """Bits per second; None for as many as anybody wants."""

    def sending(self, octets: int) -> int:
        """The nanoseconds in which so many octets leave, rounded up."""
        return 0 if self.bandwidth is None else -(-octets * 8 * NANOSECONDS // self.bandwidth)


@dataclass(frozen=True, slots=True)
class NetworkModel:
    """All links: what each direction is like, by the names of sender and recipient."""

    default: Link = Link()
    links: Mapping[tuple[str, str], Link] = field(default_factory=dict)
    """Those that differ from it."""

    def link(self, sender: str, recipient: str) -> Link:
        """The direction from one provider to another."""
        return self.links.get((sender, recipient), self.default)
