"""Connection requests that wait for an answer."""

from typing import Any, ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.federation.control.action import Action, Answer, ClientName
from simulator.federation.control.operator import Operator
from simulator.services.names import group_provider, user_provider


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody wants to connect. Who invites into a group, only joining it tells."""

    group: str | None = None
    """The URI of the group into which the user is invited for it; null where the draft needs none."""
    user: str | None = None
    """The URI of who asks; null where that is not known yet."""
    provider: str
    """Whose user it is."""


class Waiting(Answer, frozen=True, kw_only=True):
    """What waits, oldest first."""

    requests: tuple[Request, ...]


class Requests(Action, frozen=True, kw_only=True):
    """List the connection requests that a client has neither accepted nor ignored."""

    name: ClassVar[str] = "requests"
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.consent,)
    example: ClassVar[dict[str, Any]] = {"client": "bob"}

    client: ClientName

    async def run(self, operator: Operator) -> Waiting:
        """After reading the queue."""
        async with operator.acting(self.client) as client:
            invited = [Request(group=g, provider=group_provider(g.encode())) for g in client.connection_requests]
            asked = [Request(user=user, provider=user_provider(user)) for user in client.consent_requests]
        return Waiting(requests=(*invited, *asked))
