"""A user takes a device off the account."""

from typing import ClassVar

from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class RemoveDevice(Step, frozen=True, tag="remove_device"):
    """The client's own provider forgets it; the hubs of its groups hear of it, and propose its removal."""

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "client"

    client: ClientRef

    async def run(self, context: Context) -> None:
        """For good: it is offline from then on."""
        context.session.remove_client(self.client)
