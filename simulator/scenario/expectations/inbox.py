"""All that a client has received."""

from typing import Any

from simulator.scenario.context import Context, Sent
from simulator.scenario.names import ClientRef, MessageRef
from simulator.scenario.step import Expectation, Unmet


class Inbox(Expectation, frozen=True, tag="inbox"):
    """The client has received these application messages, in this order, and no others at all."""

    of: ClientRef
    messages: tuple[MessageRef, ...]

    def check(self, context: Context, before: Any) -> None:
        """Compare the whole inbox."""
        client = context.session.client(self.of)
        batches = [context.result(name, Sent) for name in self.messages]
        expected = [(batch.group, *message) for batch in batches for message in batch.messages]
        got = context.inbox(client)
        if got != expected:
            raise Unmet(f"{len(expected)} messages in the inbox of {client.name}", f"there are {len(got)}: {got}")
