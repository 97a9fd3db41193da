"""Not answering a connection request."""

from typing import ClassVar

from simulator.federation.control.action import Done
from simulator.federation.control.operator import Operator
from simulator.federation.control.request_action import RequestAction


class Ignore(RequestAction, frozen=True, kw_only=True):
    """Drop a connection request that `requests` lists; nobody is told.

    It is named by its `group`, or by the user that it is `from`: where it has no group, by that alone.
    """

    name: ClassVar[str] = "ignore"

    async def run(self, operator: Operator) -> Done:
        """Only the client's own affair."""
        async with operator.acting(self.by) as client:
            if self.group is not None:
                client.ignore_request(self.group)
            else:
                client.ignore_connection(operator.user_uri(self.from_ or ""))
        return Done()
