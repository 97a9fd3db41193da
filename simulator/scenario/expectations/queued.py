"""What waits at a provider."""

from typing import Annotated, Any

import msgspec

from simulator.scenario.context import Context
from simulator.scenario.names import ClientRef
from simulator.scenario.step import Expectation, Unmet


class Queued(Expectation, frozen=True, tag="queued"):
    """So many messages wait for each of these clients at its provider."""

    clients: tuple[ClientRef, ...]
    count: Annotated[int, msgspec.Meta(ge=0)]

    def check(self, context: Context, before: Any) -> None:
        """Ask the provider's store."""
        for name in self.clients:
            client = context.session.client(name)
            length = context.provider_of(client).queued(client.uri)
            if length != self.count:
                noun = "message" if self.count == 1 else "messages"
                raise Unmet(f"{self.count} {noun} queued for {client.name}", f"there are {length}")
