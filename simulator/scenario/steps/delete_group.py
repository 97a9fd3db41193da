"""The end of a group."""

from typing import ClassVar

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class DeleteGroup(OperationStep, frozen=True, tag="delete_group"):
    """Remove everybody else; the hub forgets the group."""

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.delete_group,)

    def operation(self, context: Context) -> operations.DeleteGroup:
        """A commit that removes everybody else."""
        return operations.DeleteGroup(context.group(self.group))
