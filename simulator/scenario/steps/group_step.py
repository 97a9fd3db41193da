"""What the steps have in common by which a client does something."""

from simulator.clients.operations import Operation
from simulator.scenario.names import ClientRef, GroupRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class RequestStep(Step, frozen=True):
    """What the client does is one request to a group's hub, which may be built now and sent later, or changed first."""

    by: ClientRef

    def request(self, context: Context) -> Operation:
        """What the client is to do."""
        raise NotImplementedError


class GroupStep(Step, frozen=True):
    """A client does something about a group that it is in, or wants to be in."""

    by: ClientRef
    group: GroupRef


class OperationStep(RequestStep, frozen=True):
    """The request is about a group that is there already."""

    group: GroupRef

    def operation(self, context: Context) -> Operation:
        """What the client is to do."""
        raise NotImplementedError

    def request(self, context: Context) -> Operation:
        """The operation."""
        return self.operation(context)

    async def run(self, context: Context) -> None:
        """Build it and send it."""
        await context.session.client(self.by).perform(self.operation(context))
