"""A commit with a wrong membership tag."""

from typing import ClassVar

from simulator.clients import adversary
from simulator.clients.operations import Operation
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep


class WrongMembershipTag(OperationStep, frozen=True, tag="wrong_membership_tag"):
    """A member commits with a wrong membership tag: its provider can't check it (RFC 9420 6.2), every member can."""

    conduct: ClassVar[Conduct] = Conduct.hostile

    def operation(self, context: Context) -> Operation:
        """An update of its own leaf, spoiled."""
        return adversary.WrongMembershipTag(context.group(self.group))
