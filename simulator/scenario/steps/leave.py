"""Leave a group."""

from simulator.clients import operations
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class Leave(OperationStep, frozen=True, tag="leave"):
    """Propose one's own removal; somebody else's commit does it."""

    def operation(self, context: Context) -> operations.Leave:
        """A Remove proposal for the client's own leaf."""
        return operations.Leave(context.group(self.group))
