"""A commit whose path secrets do not fit its keys."""

from typing import ClassVar

from simulator.clients import adversary
from simulator.clients.operations import Operation
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep


class WrongPathSecret(OperationStep, frozen=True, tag="wrong_path_secret"):
    """A member commits with path secrets that do not yield the public keys of the path (RFC 9420 7.5): its provider
    can't open them, every member can.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    def operation(self, context: Context) -> Operation:
        """An update of its own leaf, spoiled."""
        return adversary.WrongPathSecret(context.group(self.group))
