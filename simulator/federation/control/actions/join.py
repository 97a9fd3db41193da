"""Joining a group without being invited."""

from typing import ClassVar

from simulator.clients import operations
from simulator.federation.control.group_action import GroupAction
from simulator.federation.control.operator import Operator


class Join(GroupAction, frozen=True, kw_only=True):
    """Join by external commit: a further client of a member, or one that lost its state."""

    name: ClassVar[str] = "join"

    def operation(self, operator: Operator) -> operations.ExternalJoin:
        """One commit, made from what the hub tells of the group."""
        return operations.ExternalJoin(self.group)
