"""Clients that can't be reached."""

from typing import ClassVar

from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class Offline(Step, frozen=True, tag="offline"):
    """From now on these clients fetch nothing; what is for them waits at their providers."""

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "clients"

    clients: tuple[ClientRef, ...]

    async def run(self, context: Context) -> None:
        """Switch them off."""
        for name in self.clients:
            context.session.client(name).online = False
