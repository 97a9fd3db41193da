"""Providers that crash in the midst of something."""

from collections.abc import Callable
from typing import Annotated

import msgspec

from simulator.net.failpoint import Failpoint
from simulator.net.faults.fault import Fault
from simulator.net.faults.fault_context import FaultContext


class CrashAt(Fault, frozen=True, kw_only=True, tag="crash_at"):
    """A provider crashes at a named point of its work: what was committed by then has happened, all else has not. It
    stays down until somebody starts it.
    """

    provider: str
    point: Failpoint
    """How far it comes."""
    operation: str | None = None
    """With what: `send_message`, `fetch`; whatever it is if not said."""
    skip: Annotated[int, msgspec.Meta(ge=0)] = 0
    """How often it passes the point first."""
    times: Annotated[int, msgspec.Meta(ge=1)] = 1
    """How often it crashes there."""

    @property
    def about(self) -> tuple[str, ...]:
        """Who crashes."""
        return (self.provider,)

    def begin(self, context: FaultContext) -> None:
        """Wait for it to come there."""
        context.machine(self.provider).crash_at(context, self._counting())

    def end(self, context: FaultContext) -> None:
        """Wait no longer."""
        context.machine(self.provider).crash_at(context, None)

    def _counting(self) -> Callable[[Failpoint, str], bool]:
        passed = 0

        def crashes(point: Failpoint, operation: str) -> bool:
            nonlocal passed
            if point is not self.point or self.operation not in (None, operation):
                return False
            passed += 1
            return self.skip < passed <= self.skip + self.times

        return crashes
