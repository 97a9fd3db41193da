"""Providers that crash in the midst of something."""

from collections import Counter
from collections.abc import Callable
from typing import Annotated

import msgspec

from simulator.net.failpoint import Failpoint
from simulator.net.faults.chance import Rate, share
from simulator.net.faults.fault import Fault
from simulator.net.faults.fault_context import FaultContext, Machine

_SEED_SIZE = 16


class CrashAt(Fault, frozen=True, kw_only=True, tag="crash_at"):
    """A provider crashes at a point of its work: what was committed by then has happened, all else has not. It stays
    down until somebody starts it, unless it `restarts`.

    With a `rate` it crashes at some of its points, others with each seed; without a `provider` each of them does.
    Who may crash delivers to one other after the other, once nobody acts: so a seed says what has happened by then.
    """

    provider: str | None = None
    """Who crashes; without one, whoever comes there."""
    point: Failpoint | None = None
    """How far it comes; any point if not said."""
    operation: str | None = None
    """With what: `send_message`, `fetch`; whatever it is if not said."""
    rate: Rate = 1.0
    """How often it crashes, of the times that it comes there, from 0 to 1."""
    skip: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How often it passes the point first."""
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How often there is a crash; if not said, once, or with a `rate` below 1 as often as it happens."""
    together: bool = False
    """Whether all providers crash with it, as where the power fails."""
    restarts: bool = False
    """Whether who has crashed is started again at once."""

    @property
    def about(self) -> tuple[str, ...]:
        """Who crashes."""
        return () if self.provider is None else (self.provider,)

    def begin(self, context: FaultContext) -> None:
        """Wait for them to come there."""
        crashes = Counter[None]()
        for machine in context.machines(self.provider).values():
            machine.crash_at(context, self._crashes(machine, context, crashes))

    def end(self, context: FaultContext) -> None:
        """Wait no longer."""
        for machine in context.machines(self.provider).values():
            machine.crash_at(context, None)

    def _crashes(
        self, machine: Machine, context: FaultContext, crashes: Counter[None]
    ) -> Callable[[Failpoint, str], bool]:
        most = self.times or (1 if self.rate == 1 else None)
        seed = b"" if self.rate == 1 else machine.rand("crash_at", _SEED_SIZE)
        passed = Counter[object]()

        def decide(point: Failpoint, operation: str) -> bool:
            if self.point not in (None, point) or self.operation not in (None, operation):
                return False
            passed.update((None, (point, operation)))
            if passed[None] <= self.skip or (most is not None and crashes[None] >= most):
                return False
            if self.rate < 1 and share(point.value, operation, passed[point, operation], of=seed) >= self.rate:
                return False
            crashes[None] += 1
            self._carry_out(machine, context)
            return True

        return decide

    def _carry_out(self, machine: Machine, context: FaultContext) -> None:
        """All of it but the crash of the machine itself, which comes next."""
        context.hit()
        hit = context.machines(None).values() if self.together else (machine,)
        for each in hit:
            if each is not machine:
                each.break_down()
            if self.restarts:
                each.start_again()
