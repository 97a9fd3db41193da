"""Exclude users."""

from typing import ClassVar

from simulator.clients import operations
from simulator.scenario.names import UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class RemoveUsers(OperationStep, frozen=True, tag="remove_users"):
    """Remove all clients of these users."""

    spreads: ClassVar[bool] = True

    users: tuple[UserRef, ...]

    def operation(self, context: Context) -> operations.RemoveUsers:
        """One commit for all of them."""
        users = tuple(context.user_uri(name) for name in self.users)
        return operations.RemoveUsers(context.group(self.group), users)
