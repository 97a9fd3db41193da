"""Leaving a group."""

from typing import ClassVar

from simulator.clients import operations
from simulator.federation.control.group_action import GroupAction
from simulator.federation.control.operator import Operator


class Leave(GroupAction, frozen=True, kw_only=True):
    """Propose one's own removal; the next commit of another member does it."""

    name: ClassVar[str] = "leave"

    def operation(self, operator: Operator) -> operations.Leave:
        """A Remove proposal for the client's own leaf."""
        return operations.Leave(self.group)
