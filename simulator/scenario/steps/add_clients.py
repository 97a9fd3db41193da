"""Bring clients of users who are in the group already."""

from typing import ClassVar

from simulator.clients import operations
from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class AddClients(OperationStep, frozen=True, tag="add_clients"):
    """Add clients of users in the group by Welcome."""

    spreads: ClassVar[bool] = True

    clients: tuple[ClientRef, ...]

    def operation(self, context: Context) -> operations.AddClients:
        """One commit for all of them."""
        clients = tuple(context.session.client(name).uri for name in self.clients)
        return operations.AddClients(context.group(self.group), clients)
