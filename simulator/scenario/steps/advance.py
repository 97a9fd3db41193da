"""Time passes."""

from typing import ClassVar

from simulator.scenario.context import Context
from simulator.scenario.scalars import Duration
from simulator.scenario.step import Step


class Advance(Step, frozen=True, tag="advance"):
    """Let protocol time pass: KeyPackages expire, retries fall due."""

    shorthand: ClassVar[str] = "time"

    time: Duration

    async def run(self, context: Context) -> None:
        """At once, whatever the time span."""
        context.session.advance(self.time.seconds)
