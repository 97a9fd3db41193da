"""Agreeing to a connection."""

from typing import ClassVar

from simulator.federation.control.action import Done
from simulator.federation.control.operator import Operator
from simulator.federation.control.request_action import RequestAction


class Accept(RequestAction, frozen=True, kw_only=True):
    """Agree to a connection request that `requests` lists, and join its group; from then on the users are connected.

    It is named by its `group`, or by the user that it is `from`: where it has no group, by that alone.
    """

    name: ClassVar[str] = "accept"

    async def run(self, operator: Operator) -> Done:
        """Join, then tell the client's own provider."""
        async with operator.acting(self.by) as client:
            if self.group is not None:
                await client.accept_request(self.group)
            else:
                await client.accept_connection(operator.user_uri(self.from_ or ""))
        await operator.rest()
        return Done()
