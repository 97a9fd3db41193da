"""The end of a group."""

from typing import ClassVar

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.federation.control.group_action import GroupAction
from simulator.federation.control.operator import Operator


class Delete(GroupAction, frozen=True, kw_only=True):
    """Remove everybody else and end the group."""

    name: ClassVar[str] = "delete"
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.delete_group,)

    def operation(self, operator: Operator) -> operations.DeleteGroup:
        """One commit that removes all others."""
        return operations.DeleteGroup(self.group)
