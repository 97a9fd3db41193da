"""All that a client has received."""

from typing import Any, ClassVar

from simulator.scenario.names import ClientRef, MessageRef
from simulator.scenario.running.context import Context, Sent, listed
from simulator.scenario.step import Expectation, Unmet


class Inbox(Expectation, frozen=True, tag="inbox"):
    """The client has received these application messages, in this order, and no others at all."""

    spreads: ClassVar[bool] = True

    of: ClientRef
    messages: tuple[MessageRef, ...]

    def check(self, context: Context, before: Any) -> None:
        """Compare the whole inbox."""
        client = context.session.client(self.of)
        batches = [context.result(name, Sent) for name in self.messages]
        expected = [(batch.group, *message) for batch in batches for message in batch.messages]
        got = context.inbox(client)
        if got != expected:
            raise Unmet(
                f"the inbox of {client.name} to be {listed(expected) or 'empty'}", f"it is {listed(got) or 'empty'}"
            )
