"""A hub that tells different members different things."""

from typing import ClassVar

from simulator.clients.operations import UpdateClient
from simulator.codec import decode
from simulator.provider.adversary import Withholding, tell
from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import GroupStep
from simulator.scenario.steps.tell import message_in
from simulator.services.names import group_provider


class Equivocate(GroupStep, frozen=True, tag="equivocate"):
    """A member and the group's hub agree to split the group: the member makes two commits for one epoch; the hub
    accepts the first and fans it out, but tells the clients in `to` the second.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    to: tuple[ClientRef, ...]

    def culprits(self, context: Context) -> tuple[str, ...]:
        """The group's hub, and the member that is in league with it."""
        hub = group_provider(context.group(self.group).encode())
        return (self.by, hub)

    async def run(self, context: Context) -> None:
        """Both commits are valid, and well signed."""
        group, client = context.group(self.group), context.session.client(self.by)
        hub = context.session.provider(group_provider(group.encode()))
        others = [context.session.client(name).uri for name in self.to]
        first, second = [await client.prepare(UpdateClient(group)) for _ in range(2)]
        message = message_in(decode(second.outgoing.endpoint.request or bytes, second.outgoing.body))
        withholding = Withholding(others)
        hub.executor.interceptors.begin(withholding)
        try:
            await client.submit(first)
        finally:
            hub.executor.interceptors.end(withholding)
        tell(hub, group, message, others)
