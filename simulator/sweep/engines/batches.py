"""How many tasks of a cluster travel together.

What a task costs beside what it does (messages, and what a scheduler keeps of it) is the same for a short one and for a
long one, and a scheduler hands out only so many in a second. So that short ones go in batches, of a size that follows
from how long tasks have taken.
"""

from simulator.sweep.engines.tasks import Outcome

_MOST = 64
"""How many tasks a batch has at most: those of a worker that died are run alone, one after the other."""
_SECONDS = 1.0
"""How long a batch takes at least, if there are short tasks enough: so long nobody hears of what has ended."""
_LONGEST = 10
"""How many seconds one takes at most."""
_A_SECOND = 50
"""How many batches all workers together are given in a second at most, as far as `_LONGEST` allows it. One
scheduler has brought out 180 to 490 of them (on a busy and an idle core), and has more to do than that."""
_WEIGHT = 0.2
"""Of the task that has ended last, in the mean."""


class BatchSize:
    """The size of the next batch, by how long tasks have taken that have ended: one task until that is known."""

    def __init__(self) -> None:
        self._mean: float | None = None
        """Seconds of a task."""

    def ended(self, outcome: Outcome) -> None:
        """One more. A failure counts too where it took its time, and not where its task could not even be sent."""
        if not outcome.seconds:
            return
        before = self._mean if self._mean is not None else outcome.seconds
        self._mean = before + _WEIGHT * (outcome.seconds - before)

    def seconds(self, workers: int) -> float:
        """How long a batch may take: with more workers longer, since one scheduler serves all."""
        return min(max(_SECONDS, workers / _A_SECOND), _LONGEST)

    def tasks(self, workers: int) -> int:
        """How many tasks take as long as that, as far as anybody knows."""
        if self._mean is None:
            return 1
        return max(1, min(_MOST, round(self.seconds(workers) / max(self._mean, 1e-6))))
