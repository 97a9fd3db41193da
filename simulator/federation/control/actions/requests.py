"""Connection requests that wait for an answer."""

from typing import Any, ClassVar

import msgspec

from simulator.federation.control.action import Action, Answer, ClientName
from simulator.federation.control.operator import Operator
from simulator.services.names import group_provider


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody wants to connect. Who it is, only joining the group tells."""

    group: str
    """The URI of the connection group."""
    provider: str
    """Whose user it is."""


class Waiting(Answer, frozen=True, kw_only=True):
    """What waits, oldest first."""

    requests: tuple[Request, ...]


class Requests(Action, frozen=True, kw_only=True):
    """List the connection requests that a client has neither accepted nor ignored."""

    name: ClassVar[str] = "requests"
    example: ClassVar[dict[str, Any]] = {"client": "bob"}

    client: ClientName

    async def run(self, operator: Operator) -> Waiting:
        """After reading the queue."""
        async with operator.acting(self.client) as client:
            groups = client.connection_requests
        return Waiting(
            requests=tuple(Request(group=group, provider=group_provider(group.encode())) for group in groups)
        )
