"""The end of a group."""

from typing import ClassVar

from simulator.clients import operations
from simulator.federation.control.group_action import GroupAction
from simulator.federation.control.operator import Operator


class Delete(GroupAction, frozen=True, kw_only=True):
    """Remove everybody else and end the group."""

    name: ClassVar[str] = "delete"

    def operation(self, operator: Operator) -> operations.DeleteGroup:
        """One commit that removes all others."""
        return operations.DeleteGroup(self.group)
