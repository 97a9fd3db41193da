"""New keys."""

from typing import ClassVar

from simulator.clients import operations
from simulator.federation.control.group_action import GroupAction
from simulator.federation.control.operator import Operator


class Update(GroupAction, frozen=True, kw_only=True):
    """Renew the client's leaf. Like every commit it also does what was proposed before."""

    name: ClassVar[str] = "update"

    def operation(self, operator: Operator) -> operations.UpdateClient:
        """A commit with nothing else in it."""
        return operations.UpdateClient(self.group)
