"""Who did not get messages."""

from typing import Any, ClassVar

from simulator.scenario.names import ClientRef, MessageRef
from simulator.scenario.running.context import Context, Sent, listed
from simulator.scenario.running.differences import Differences
from simulator.scenario.step import Expectation


class NotReceived(Expectation, frozen=True, tag="not_received"):
    """None of these clients has any of the messages; others may."""

    spreads: ClassVar[bool] = True

    messages: tuple[MessageRef, ...]
    by: tuple[ClientRef, ...]

    def check(self, context: Context, before: Any) -> None:
        """Look into their inboxes."""
        sent = [context.result(name, Sent) for name in self.messages]
        unwanted = [(batch.group, *message) for batch in sent for message in batch.messages]
        found = Differences()
        for name in self.by:
            client = context.session.client(name)
            got = [item for item in context.inbox(client) if item in unwanted]
            if got:
                has = f"it has {listed(got)}" if not found else f"{client.name} has {listed(got)}"
                found.add(f"{client.name} to have none of {listed(unwanted)}", has)
        found.raise_if_any()
