"""The end of an attack."""

from typing import ClassVar

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class Behave(Step, frozen=True, tag="behave"):
    """These providers stop withholding, reordering and lying. What they have done stays done."""

    shorthand: ClassVar[str] = "providers"

    providers: tuple[ProviderRef, ...]

    async def run(self, context: Context) -> None:
        """Honest from now on."""
        for name in self.providers:
            context.session.provider(name).executor.interceptors.end()
