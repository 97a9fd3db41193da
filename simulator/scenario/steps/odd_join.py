"""An external commit with something more in it."""

from simulator.clients import adversary
from simulator.clients.operations import Operation
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class OddJoin(OperationStep, frozen=True, tag="odd_join"):
    """A client joins by an external commit that also injects a PSK which it has just made up. RFC 9420 12.2 allows it;
    if the hub takes it, no member can follow.
    """

    def operation(self, context: Context) -> Operation:
        """An external_join with a PreSharedKey proposal."""
        return adversary.OddJoin(context.group(self.group))
