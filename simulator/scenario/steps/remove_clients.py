"""Take out clients of one's own user."""

from typing import ClassVar

from simulator.clients import operations
from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class RemoveClients(OperationStep, frozen=True, tag="remove_clients"):
    """Remove other clients of the sender's own user."""

    spreads: ClassVar[bool] = True

    clients: tuple[ClientRef, ...]

    def operation(self, context: Context) -> operations.RemoveClients:
        """One commit for all of them."""
        clients = tuple(context.session.client(name).uri for name in self.clients)
        return operations.RemoveClients(context.group(self.group), clients)
