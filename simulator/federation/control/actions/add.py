"""Inviting users."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.clients import operations
from simulator.federation.control.action import UserName
from simulator.federation.control.group_action import GROUP, GroupAction
from simulator.federation.control.operator import Operator


class Add(GroupAction, frozen=True, kw_only=True):
    """Fetch the users' KeyPackages, add all of their clients and invite them by Welcome."""

    name: ClassVar[str] = "add"
    example: ClassVar[dict[str, Any]] = {"by": "alice", "group": GROUP, "users": ["bob"]}

    users: Annotated[tuple[UserName, ...], msgspec.Meta(min_length=1)]

    def operation(self, operator: Operator) -> operations.AddUsers:
        """One commit for all of them."""
        return operations.AddUsers(self.group, operator.user_uris(self.users))
