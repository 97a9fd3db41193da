"""A group's ratchet tree that breaks a rule, for those who join from outside."""

from functools import partial
from typing import Annotated, ClassVar

import msgspec

from simulator.clients.adversary.flaws import NOTHING, meanings_or_nothing
from simulator.clients.adversary.odd_tree import FLAWS, odd_tree
from simulator.drafts.features import DraftFeature
from simulator.provider.adversary import false_tree
from simulator.scenario.names import OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import GroupStep
from simulator.services.names import group_provider

TreeFlaw = Annotated[str, OneOf("flaw of ratchet trees", partial(meanings_or_nothing, FLAWS), keyword="odd_tree")]
"""What is wrong with a ratchet tree."""


class OddTreeStep(GroupStep, frozen=True, kw_only=True, tag="odd_tree"):
    """The hub of a group, in league with a member, has an odd ratchet tree for the next who asks for what a client
    needs to join by itself, and a GroupInfo that the member has signed for that tree. Members never see either.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.open_join_info,)

    flaw: TreeFlaw = NOTHING
    times: Annotated[int, msgspec.Meta(ge=1)] = 1
    """How many answers are false."""

    def culprits(self, context: Context) -> tuple[str, ...]:
        """The group's hub, and the member that is in league with it."""
        hub = group_provider(context.group(self.group).encode())
        return (self.by, hub)

    async def run(self, context: Context) -> None:
        """Nothing is sent yet. Raises NotAMember, and Misuse for a tree that can't have the flaw."""
        group, endpoint = context.group(self.group), context.endpoint("join_info")
        odd = odd_tree(context.session.client(self.by).state, group, self.flaw)
        hub = context.session.provider(group_provider(group.encode()))
        hub.executor.interceptors.begin(false_tree(endpoint, odd.nodes, odd.group_info, self.times))
