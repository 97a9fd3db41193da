"""What a row of the benchmark is."""

from simulator.bench.samples import Side
from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands between a row and its goal, and the program in the checkout that shows it without a line of ours."""

    why: str
    """A sentence."""
    program: str
    """Its path from the top of the checkout."""

    def __str__(self) -> str:
        return f"{self.why} ({self.program})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Some work of ours beside a `baseline`, or beside a `limit` where nothing can be compared with it.

    The ratio is the baseline's median, or the limit, divided by ours: the larger the better. `goal` is what it is to be
    at least, 1 for a limit.
    """

    id: str
    work: str
    """What is measured, in a sentence."""
    unit: str
    """Of what is measured; less is better."""
    ours: Side
    baseline: Side | None = None
    against: str = ""
    """What the baseline is."""
    limit: float | None = None
    goal: float = 1.0
    needs: str | None = None
    """The feature of `simulator.extras` that its baseline needs."""
    obstacle: Obstacle | None = None
    """Said where the goal is not met."""
    rounds: int | None = None
    """How many rounds are enough for what takes long; None for the usual number."""
