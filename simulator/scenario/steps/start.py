"""Providers that are back."""

from typing import ClassVar

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class Start(Step, frozen=True, tag="start"):
    """These providers run again, with what they had stored."""

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "providers"

    providers: tuple[ProviderRef, ...]

    async def run(self, context: Context) -> None:
        """One after the other. Nothing for one that is up."""
        for name in self.providers:
            await context.session.start(name)
