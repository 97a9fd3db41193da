"""What a comparison has found, in the order in which a reader needs it: layout, verdicts, the rest, and figures."""

from collections.abc import Iterator

from simulator.dataclass import dataclass
from simulator.trace.comparing.causes import Cause, causes
from simulator.trace.comparing.change import Change
from simulator.trace.comparing.layouts import LayoutFinding
from simulator.trace.comparing.traffic import TrafficChange
from simulator.trace.comparing.verdicts import VerdictChange


@dataclass(frozen=True, slots=True)
class Findings:
    """The differences between two runs; false if there are none."""

    layout: tuple[LayoutFinding, ...] = ()
    """How what is on the wire is laid out otherwise, each change once."""
    verdicts: tuple[VerdictChange, ...] = ()
    """Which rules refused more often, or less."""
    changes: tuple[Change, ...] = ()
    """What the layout does not explain, each difference at its place."""
    traffic: tuple[TrafficChange, ...] = ()
    scenarios: int = 0
    """How many were compared, and how many of them are the same but for what the layout explains."""
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.layout or self.changes)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The differences that are alike together, the most telling first."""
        return causes(self.changes)

    def sentences(self) -> Iterator[str]:
        """What has changed in the protocol's words, a line each: layout, then verdicts."""
        yield from (each.sentence for each in self.layout)
        yield from (str(each) for each in self.verdicts)
