"""Who got which messages."""

from typing import Any, ClassVar

from simulator.clients import Client
from simulator.scenario.names import ClientRef, MessageRef
from simulator.scenario.running.context import Context, Sent, listed
from simulator.scenario.running.differences import Differences
from simulator.scenario.scalars import Duration
from simulator.scenario.step import Expectation

NONE = "none of them"


class Received(Expectation, frozen=True, tag="received"):
    """Exactly the clients in `by` have the messages: each of them exactly once, in this order, but none that it sent
    itself. Nobody else has any of them.
    """

    spreads: ClassVar[bool] = True

    messages: tuple[MessageRef, ...]
    by: tuple[ClientRef, ...] = ()
    within: Duration | None = None
    """How much protocol time may have passed between sending and reading; it passes only when a step lets it."""

    def check(self, context: Context, before: Any) -> None:
        """Compare the inbox of every client of ours. Raises Unsupported if all is well there and others are in `by`."""
        sent = [context.result(name, Sent) for name in self.messages]
        wanted = [(batch.group, *message) for batch in sent for message in batch.messages]
        found = Differences()
        recipients = {context.session.client_uri(name) for name in self.by}
        for client in context.session.clients:
            expected = [item for item in wanted if client.uri in recipients and item[1] != client.uri]
            got = [item for item in context.inbox(client) if item in wanted]
            if got != expected:
                has = f"it has {listed(got) or NONE}" if not found else f"{client.name} has {listed(got) or NONE}"
                found.add(f"{client.name} to have {listed(expected) or NONE}", has)
            elif self.within is not None and client.uri in recipients:
                self._check_time(context, client, sent, self.within.seconds, found)
        found.raise_if_any()
        for name in self.by:
            context.session.client(name)

    def _check_time(self, context: Context, client: Client, sent: list[Sent], limit: int, found: Differences) -> None:
        for batch in sent:
            for message in batch.messages:
                read = context.read_at(client, (batch.group, *message))
                if read is not None and read - batch.at > limit:
                    late = f"{client.name} read {listed([(batch.group, *message)])} after {read - batch.at} s"
                    found.add(f"everything to be read within {limit} s", late)
