"""Invite users."""

from typing import ClassVar

from simulator.clients import operations
from simulator.federation import Unsupported
from simulator.scenario.names import UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class AddUsers(OperationStep, frozen=True, tag="add_users"):
    """Fetch the users' KeyPackages, add all of their clients and invite them by Welcome.

    Of external providers' users only those are invited who have agreed to a `connect`.
    """

    spreads: ClassVar[bool] = True

    users: tuple[UserRef, ...]

    def operation(self, context: Context) -> operations.AddUsers:
        """One commit for all of them. Raises Unsupported where nobody is left."""
        strange = self._strange(context)
        users = tuple(context.user_uri(name) for name in self.users if name not in strange)
        if not users:
            raise next(iter(strange.values()))
        return operations.AddUsers(context.group(self.group), users)

    async def run(self, context: Context) -> None:
        """Build it and send it. Raises Unsupported at the end if somebody had to be left out."""
        await super().run(context)
        for why in self._strange(context).values():
            raise why

    def _strange(self, context: Context) -> dict[str, Unsupported]:
        """The users who are at external providers, and why they can't be invited."""
        found = {}
        asking = context.session.client(self.by).user
        for name in self.users:
            if (asking, context.user_uri(name)) in context.agreed:
                continue
            try:
                _ = name.startswith("mimi://") or context.session.user(name).clients
            except Unsupported as why:
                found[name] = why
        return found
