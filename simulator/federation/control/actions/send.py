"""Messages."""

from typing import Any, ClassVar

from simulator.clients import operations
from simulator.federation.control.group_action import GROUP, GroupAction
from simulator.federation.control.operator import Operator


class Send(GroupAction, frozen=True, kw_only=True):
    """Send an application message; its content is the text in UTF-8."""

    name: ClassVar[str] = "send"
    example: ClassVar[dict[str, Any]] = {"by": "alice", "group": GROUP, "text": "hello"}

    text: str

    def operation(self, operator: Operator) -> operations.Send:
        """One message."""
        return operations.Send(self.group, self.text.encode())
