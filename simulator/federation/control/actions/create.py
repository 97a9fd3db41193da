"""A new group."""

from typing import Any, ClassVar

from simulator.clients import operations
from simulator.federation.control.action import Action, Answer, ClientName
from simulator.federation.control.operator import Operator


class Created(Answer, frozen=True, kw_only=True):
    """The group's URI, for `group` in other actions."""

    group: str


class Create(Action, frozen=True, kw_only=True):
    """Create a group at the client's own provider."""

    name: ClassVar[str] = "create"
    example: ClassVar[dict[str, Any]] = {"by": "alice"}

    by: ClientName

    async def run(self, operator: Operator) -> Created:
        """The client is its only member."""
        return Created(group=await operator.perform(self.by, operations.CreateGroup()))
