"""Fresh keys for one's own leaf."""

from typing import ClassVar

from simulator.clients import operations
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class UpdateClient(OperationStep, frozen=True, tag="update_client"):
    """Commit with a new path, and with the proposals that wait."""

    spreads: ClassVar[bool] = True

    def operation(self, context: Context) -> operations.UpdateClient:
        """A commit without proposals of its own."""
        return operations.UpdateClient(context.group(self.group))
