"""A GroupInfo with a key that nobody has."""

from typing import ClassVar

from simulator.clients import adversary
from simulator.clients.operations import Operation
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep


class WrongExternalPub(OperationStep, frozen=True, tag="wrong_external_pub"):
    """A member commits, and signs a GroupInfo whose external_pub is not the group's: the next external join falls into
    the trap (RFC 9420 12.4.3.2)."""

    conduct: ClassVar[Conduct] = Conduct.hostile

    def operation(self, context: Context) -> Operation:
        """An update of its own leaf, spoiled."""
        return adversary.WrongExternalPub(context.group(self.group))
