"""Not answering a connection request."""

from typing import Any, ClassVar

from simulator.federation.control.action import Action, ClientName, Done, GroupURI
from simulator.federation.control.group_action import GROUP
from simulator.federation.control.operator import Operator


class Ignore(Action, frozen=True, kw_only=True):
    """Drop a connection request that `requests` lists; nobody is told."""

    name: ClassVar[str] = "ignore"
    example: ClassVar[dict[str, Any]] = {"by": "bob", "group": GROUP}

    by: ClientName
    group: GroupURI

    async def run(self, operator: Operator) -> Done:
        """Only the client's own affair."""
        async with operator.acting(self.by) as client:
            client.ignore_request(self.group)
        return Done()
