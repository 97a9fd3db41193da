"""Send application messages."""

from typing import ClassVar

from simulator.clients import operations
from simulator.scenario.names import ActorRef, GroupRef, Kind
from simulator.scenario.running.context import Context, Sent
from simulator.scenario.step import Step


class Send(Step, frozen=True, tag="send"):
    """One message from each client in `by`, in this order. Names the messages."""

    produces: ClassVar[Kind] = Kind.message

    by: tuple[ActorRef, ...]
    group: GroupRef
    text: str = "hello"

    async def run(self, context: Context) -> Sent:
        """What was sent."""
        group, data = context.group(self.group), self.text.encode()
        clients = [context.session.client(name) for name in self.by]
        for client in clients:
            await client.perform(operations.Send(group, data))
        return Sent(group, tuple((client.uri, data) for client in clients), context.session.now)
