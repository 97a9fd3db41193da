"""Clients that are back."""

from typing import ClassVar

from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class Online(Step, frozen=True, tag="online"):
    """These clients fetch again, and process at once what has waited for them."""

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "clients"

    clients: tuple[ClientRef, ...]

    async def run(self, context: Context) -> None:
        """Switch them on."""
        for name in self.clients:
            context.session.client(name).online = True
