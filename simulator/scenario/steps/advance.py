"""Time passes."""

from typing import ClassVar

from simulator.scenario.running.context import Context
from simulator.scenario.scalars import Duration
from simulator.scenario.step import Step
from simulator.services.limits.policy import DAY


class Advance(Step, frozen=True, tag="advance"):
    """Let protocol time pass: KeyPackages expire, retries fall due.

    An external provider's clock goes on as ever, so ours may not get far ahead of it.
    """

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "time"

    time: Duration

    async def run(self, context: Context) -> None:
        """At once, whatever the time span, once all that is under way is held up. With a `network`, what falls due
        meanwhile happens at its own time, and all that comes of it. Raises Unsupported for more than an
        external provider can overlook.
        """
        for external in context.session.external_providers if self.time.seconds > DAY else ():
            external.refuse(f"so much later ({self.time.seconds // 3600} h)")
        await context.session.pass_time(self.time.seconds)
