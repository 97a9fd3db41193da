"""What a hub may not say to its group."""

from functools import partial
from typing import Annotated, ClassVar

from simulator.clients.adversary.flaws import meanings
from simulator.provider.adversary import send_as_external_sender
from simulator.provider.adversary.odd_proposal import FLAWS
from simulator.scenario.names import GroupRef, OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step
from simulator.services.names import group_provider

ProposalFlaw = Annotated[str, OneOf("flaw of external senders", partial(meanings, FLAWS), keyword="odd_proposal")]
"""What is wrong with what an external sender says."""


class OddProposal(Step, frozen=True, kw_only=True, tag="odd_proposal"):
    """The hub of a group, which the group lists among its external senders, says as such what none may say (RFC 9420
    6.1, 12.1.8), and brings it to all members.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    group: GroupRef
    flaw: ProposalFlaw

    def culprits(self, context: Context) -> tuple[str, ...]:
        """The group's hub."""
        hub = group_provider(context.group(self.group).encode())
        return (hub,)

    async def run(self, context: Context) -> None:
        """It is signed with the hub's key, and for the present epoch."""
        group = context.group(self.group)
        send_as_external_sender(context.session.provider(group_provider(group.encode())), group, FLAWS[self.flaw])
