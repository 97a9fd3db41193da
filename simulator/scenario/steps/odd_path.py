"""A commit whose path does not fit the tree."""

from functools import partial
from typing import Annotated, ClassVar

from simulator.clients.adversary.flaws import meanings
from simulator.clients.adversary.odd_path import FLAWS, OddPath
from simulator.clients.operations import Operation
from simulator.scenario.names import OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep

PathFlaw = Annotated[str, OneOf("flaw of paths", partial(meanings, FLAWS), keyword="odd_path")]
"""What is wrong with a path."""


class OddPathStep(OperationStep, frozen=True, tag="odd_path"):
    """A member commits a path of keys that does not fit the tree, or a leaf in it, or none at all (RFC 9420 7.3 to 7.9,
    12.4, 12.4.2): the hub can tell.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    flaw: PathFlaw

    def operation(self, context: Context) -> Operation:
        """An update of its own leaf, spoiled."""
        return OddPath(context.group(self.group), self.flaw)
