"""Join without an invitation."""

from typing import ClassVar

from simulator.clients import operations
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class ExternalJoin(OperationStep, frozen=True, tag="external_join"):
    """Fetch the group's state and join by external commit (RFC 9420 12.4.3.2)."""

    spreads: ClassVar[bool] = True

    def operation(self, context: Context) -> operations.ExternalJoin:
        """An external commit, which replaces the client's old leaf if it has one."""
        return operations.ExternalJoin(context.group(self.group))
