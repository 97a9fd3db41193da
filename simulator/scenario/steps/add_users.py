"""Invite users."""

from simulator.clients import operations
from simulator.scenario.context import Context
from simulator.scenario.names import UserRef
from simulator.scenario.steps.group_step import OperationStep


class AddUsers(OperationStep, frozen=True, tag="add_users"):
    """Fetch the users' KeyPackages, add all of their clients and invite them by Welcome ([DS] Add users to a group)."""

    users: tuple[UserRef, ...]

    def operation(self, context: Context) -> operations.AddUsers:
        """One commit for all of them."""
        users = tuple(context.user_uri(name) for name in self.users)
        return operations.AddUsers(context.group(self.group), users)
