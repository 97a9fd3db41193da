"""Leave a group."""

from typing import ClassVar

from simulator.clients import operations
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class Leave(OperationStep, frozen=True, tag="leave"):
    """Propose one's own removal; somebody else's commit does it. Who leaves is the client or, where a group keeps a
    list of its users, its user with all clients.
    """

    spreads: ClassVar[bool] = True

    alone: bool = False
    """Only the client, whose user takes part with the other ones; the last one takes its user along all the same."""

    def operation(self, context: Context) -> operations.Leave:
        """What the draft has its clients propose."""
        return operations.Leave(context.group(self.group), alone=self.alone)
