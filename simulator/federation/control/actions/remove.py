"""Removing users."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.clients import operations
from simulator.federation.control.action import UserName
from simulator.federation.control.group_action import GROUP, GroupAction
from simulator.federation.control.operator import Operator


class Remove(GroupAction, frozen=True, kw_only=True):
    """Remove all clients of users."""

    name: ClassVar[str] = "remove"
    example: ClassVar[dict[str, Any]] = {"by": "alice", "group": GROUP, "users": ["bob"]}

    users: Annotated[tuple[UserName, ...], msgspec.Meta(min_length=1)]

    def operation(self, operator: Operator) -> operations.RemoveUsers:
        """One commit for all of them."""
        return operations.RemoveUsers(self.group, operator.user_uris(self.users))
