"""Clocks that are put wrong again and again."""

from collections import Counter
from collections.abc import Callable
from typing import Annotated

import msgspec

from simulator.net.failpoint import Failpoint
from simulator.net.faults.chance import Rate, share
from simulator.net.faults.fault import Fault
from simulator.net.faults.fault_context import FaultContext, Machine

_SEED_SIZE = 16
CENTURY_SECONDS = 36_525 * 86_400


class ClockJumps(Fault, frozen=True, kw_only=True, tag="clock_jumps"):
    """A provider's clock jumps ahead or back while it works, and is right again some time later. Other jumps with each
    seed; where no `provider` is said, at each of them.
    """

    provider: str | None = None
    """Whose clock it is; without one, that of each."""
    rate: Rate
    """How often it jumps, of all named points of its work that it passes (see `crash_at`), from 0 to 1."""
    seconds: tuple[Annotated[int, msgspec.Meta(ge=-CENTURY_SECONDS, le=CENTURY_SECONDS)], ...]
    """How far: one of these, by the point. Negative: back."""
    points: Annotated[int, msgspec.Meta(ge=1)] = 60
    """It is right again after so many points, or fewer."""

    @property
    def about(self) -> tuple[str, ...]:
        """Whose clock it is."""
        return () if self.provider is None else (self.provider,)

    def begin(self, context: FaultContext) -> None:
        """Wait for them to work."""
        for machine in context.machines(self.provider).values():
            machine.crash_at(context, self._jumps(machine, context))

    def end(self, context: FaultContext) -> None:
        """Put them right."""
        for machine in context.machines(self.provider).values():
            machine.crash_at(context, None)
            machine.skew(0)

    def _jumps(self, machine: Machine, context: FaultContext) -> Callable[[Failpoint, str], bool]:
        """Sees each point that it passes; it never crashes there."""
        seed = machine.rand("clock_jumps", _SEED_SIZE)
        passed, wrong = Counter[object](), 0

        def pass_by(point: Failpoint, operation: str) -> bool:
            nonlocal wrong
            passed[point, operation] += 1
            said = (point.value, operation, passed[point, operation])
            wrong -= wrong > 0
            if share("jumps", *said, of=seed) < self.rate:
                wrong = 1 + int(share("long", *said, of=seed) * self.points)
                machine.skew(self.seconds[int(share("far", *said, of=seed) * len(self.seconds))])
                context.hit()
            elif wrong == 0:
                machine.skew(0)
            return False

        return pass_by
