"""An external commit with something more in it."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from simulator.clients.adversary.flaws import meanings
from simulator.clients.adversary.odd_join import FLAWS, PSK, OddJoin
from simulator.clients.operations import Operation
from simulator.drafts import registry
from simulator.federation import Unsupported
from simulator.scenario.names import OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep


def _flaws() -> Mapping[str, str]:
    """Those of MLS, and of one draft or another."""
    of_drafts = {name: make for draft in registry.known() for name, make in draft.adversary.proposals.items()}
    return {**meanings(FLAWS), **meanings(of_drafts)}


JoinFlaw = Annotated[str, OneOf("flaw of external commits", _flaws, keyword="odd_join")]
"""What is wrong with an external commit."""


class OddJoinStep(OperationStep, frozen=True, tag="odd_join"):
    """A client joins by an external commit that holds something more, or other: if not said, a PSK that it has just
    made up. RFC 9420 12.2 allows that; if the hub takes it, no member can follow.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    flaw: JoinFlaw = PSK

    def operation(self, context: Context) -> Operation:
        """An external_join with more proposals. Raises Unsupported for a flaw that the draft does not know."""
        draft = context.session.draft
        if self.flaw not in (*FLAWS, *draft.adversary.proposals):
            raise Unsupported(f'no external commit of {draft.name} has the flaw "{self.flaw}"')
        return OddJoin(context.group(self.group), self.flaw)
