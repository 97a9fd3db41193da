"""Providers that go down."""

from typing import ClassVar

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class Crash(Step, frozen=True, tag="crash"):
    """These providers end in the midst of whatever they do; what they had stored is there when they start again."""

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "providers"

    providers: tuple[ProviderRef, ...]

    async def run(self, context: Context) -> None:
        """One after the other. Nothing for one that is down."""
        for name in self.providers:
            await context.session.crash(name)
