"""A commit that some members can't follow."""

from typing import ClassVar

from simulator.clients import adversary
from simulator.clients.operations import Operation
from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep


class BrokenPath(OperationStep, frozen=True, tag="broken_path"):
    """A member commits with path secrets that do not open for some members (RFC 9420 7.5): they alone can tell, and who
    shares a node of the tree with them.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    victims: tuple[ClientRef, ...]

    def operation(self, context: Context) -> Operation:
        """An update of its own leaf, spoiled."""
        victims = tuple(context.session.client(name).uri for name in self.victims)
        return adversary.BrokenPath(context.group(self.group), victims)
