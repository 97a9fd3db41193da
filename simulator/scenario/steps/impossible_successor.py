"""A group that ends in favour of one that can't be."""

from typing import ClassVar

from simulator.clients import adversary
from simulator.clients.operations import Operation
from simulator.drafts.features import DraftFeature
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep


class ImpossibleSuccessor(OperationStep, frozen=True, kw_only=True, tag="impossible_successor"):
    """A member commits a ReInit whose extensions name a type twice, which no group can have (RFC 9420 13.4). If the
    hub takes it, the group is over and nothing can follow it.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.re_initialize_group,)

    successor: str
    """The id of the group that is to follow."""

    def operation(self, context: Context) -> Operation:
        """A re_initialize_group, spoiled."""
        return adversary.ImpossibleSuccessor(context.group(self.group), self.successor)
