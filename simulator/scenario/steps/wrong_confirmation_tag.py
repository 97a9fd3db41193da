"""A commit with a wrong confirmation tag."""

from typing import ClassVar

from simulator.clients import adversary
from simulator.clients.operations import Operation
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep


class WrongConfirmationTag(OperationStep, frozen=True, tag="wrong_confirmation_tag"):
    """A member commits with a confirmation tag that fits no secret: its provider can't check it (RFC 9420 6.1), every
    member can."""

    conduct: ClassVar[Conduct] = Conduct.hostile

    def operation(self, context: Context) -> Operation:
        """An update of its own leaf, spoiled."""
        return adversary.WrongConfirmationTag(context.group(self.group))
