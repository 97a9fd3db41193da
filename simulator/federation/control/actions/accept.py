"""Agreeing to a connection."""

from typing import Any, ClassVar

from simulator.federation.control.action import Action, ClientName, Done, GroupURI
from simulator.federation.control.group_action import GROUP
from simulator.federation.control.operator import Operator


class Accept(Action, frozen=True, kw_only=True):
    """Agree to a connection request that `requests` lists, and join its group; from then on the users are connected."""

    name: ClassVar[str] = "accept"
    example: ClassVar[dict[str, Any]] = {"by": "bob", "group": GROUP}

    by: ClientName
    group: GroupURI

    async def run(self, operator: Operator) -> Done:
        """Join, then tell the client's own provider."""
        async with operator.acting(self.by) as client:
            await client.accept_request(self.group)
        await operator.rest()
        return Done()
