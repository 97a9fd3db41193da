"""An external commit with something more in it."""

from typing import Annotated

from simulator.clients.adversary.odd_join import FLAWS, PSK, OddJoin
from simulator.clients.operations import Operation
from simulator.docstrings import docstring
from simulator.scenario.names import OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


def _known() -> dict[str, str]:
    return {name: docstring(odd) for name, odd in FLAWS.items()}


JoinFlaw = Annotated[str, OneOf("flaw of external commits", _known, keyword="odd_join")]
"""What is wrong with an external commit."""


class OddJoinStep(OperationStep, frozen=True, tag="odd_join"):
    """A client joins by an external commit that holds something more: if not said, a PSK that it has just made up.
    RFC 9420 12.2 allows that; if the hub takes it, no member can follow.
    """

    flaw: JoinFlaw = PSK

    def operation(self, context: Context) -> Operation:
        """An external_join with more proposals."""
        return OddJoin(context.group(self.group), self.flaw)
