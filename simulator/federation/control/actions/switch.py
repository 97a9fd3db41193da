"""Clients that are switched off."""

from typing import Any, ClassVar

from simulator.federation.control.action import Action, ClientName, Done
from simulator.federation.control.operator import Operator


class Switch(Action, frozen=True, kw_only=True):
    """Switch a client off, or on again: while it is off it reads nothing, and what comes for it waits in its queue."""

    name: ClassVar[str] = "switch"
    example: ClassVar[dict[str, Any]] = {"client": "bob.phone", "on": False}

    client: ClientName
    on: bool

    async def run(self, operator: Operator) -> Done:
        """One that is on again reads what has waited."""
        operator.client(self.client).online = self.on
        async with operator.acting(self.client):
            return Done()
