"""Leaving a group."""

from typing import ClassVar

from simulator.clients import operations
from simulator.federation.control.group_action import GroupAction
from simulator.federation.control.operator import Operator


class Leave(GroupAction, frozen=True, kw_only=True):
    """Propose one's own removal; the next commit of another member does it."""

    name: ClassVar[str] = "leave"

    alone: bool = False
    """Only the client, where its user would leave with all clients."""

    def operation(self, operator: Operator) -> operations.Leave:
        """What the draft has its clients propose."""
        return operations.Leave(self.group, self.alone)
