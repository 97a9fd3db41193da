"""What the steps that act on a group have in common."""

from simulator.clients.operations import Operation
from simulator.scenario.names import ClientRef, GroupRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class GroupStep(Step, frozen=True):
    """A client does something about a group that it is in, or wants to be in."""

    by: ClientRef
    group: GroupRef


class OperationStep(GroupStep, frozen=True):
    """What the client does is one request to the group's hub, which may be built now and sent later."""

    def operation(self, context: Context) -> Operation:
        """What the client is to do."""
        raise NotImplementedError

    async def run(self, context: Context) -> None:
        """Build it and send it."""
        await context.session.client(self.by).perform(self.operation(context))
