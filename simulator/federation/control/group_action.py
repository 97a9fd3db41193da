"""What the actions of one client in one group have in common."""

from typing import Any, ClassVar

from simulator.clients.operations import Operation
from simulator.federation.control.action import Action, Answer, ClientName, GroupURI
from simulator.federation.control.operator import Operator

GROUP = "mimi://a.example/g/0123456789abcdef"
"""A group in examples."""


class Changed(Answer, frozen=True, kw_only=True):
    """The group is at this epoch for the client; None where the client is not in it any more."""

    group: str
    epoch: int | None


class GroupAction(Action, frozen=True, kw_only=True):
    """One request of a client to the hub of a group."""

    example: ClassVar[dict[str, Any]] = {"by": "alice", "group": GROUP}

    by: ClientName
    group: GroupURI

    def operation(self, operator: Operator) -> Operation:
        """What the client is to do. Raises NotFound and BadName."""
        raise NotImplementedError

    async def run(self, operator: Operator) -> Changed:
        """Do it, and let what follows from it happen."""
        await operator.perform(self.by, self.operation(operator))
        joined = operator.client(self.by).groups.get(self.group)
        return Changed(group=self.group, epoch=None if joined is None else joined.epoch)
