"""What waits at a provider."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.differences import Differences
from simulator.scenario.step import Expectation


class Queued(Expectation, frozen=True, tag="queued"):
    """So many messages wait for each of these clients at its provider: those that it has acknowledged do not count."""

    spreads: ClassVar[bool] = True

    clients: tuple[ClientRef, ...]
    count: Annotated[int, msgspec.Meta(ge=0)]

    def check(self, context: Context, before: Any) -> None:
        """Ask the provider's store."""
        found = Differences()
        for name in self.clients:
            client = context.session.client(name)
            length = context.provider_of(client).queued(client.uri)
            if length != self.count:
                noun = "message" if self.count == 1 else "messages"
                there = f"there are {length}" if not found else f"for {client.name} there are {length}"
                found.add(f"{self.count} {noun} queued for {client.name}", there)
        found.raise_if_any()
