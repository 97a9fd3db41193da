"""Welcomes by which nobody must join."""

from functools import partial
from typing import Annotated, ClassVar

from simulator.clients.adversary.flaws import meanings
from simulator.clients.adversary.odd_welcome import FLAWS, OddWelcome
from simulator.clients.operations import Operation
from simulator.scenario.names import OneOf, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import OperationStep

WelcomeFlaw = Annotated[str, OneOf("flaw of Welcomes", partial(meanings, FLAWS), keyword="odd_welcome")]
"""What is wrong with a Welcome."""


class OddWelcomeStep(OperationStep, frozen=True, kw_only=True, tag="odd_welcome"):
    """A member adds users by a commit with which nothing is wrong, and invites their clients by Welcomes that break a
    rule (RFC 9420 12.4.3.1). The hub can't look into them.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    users: tuple[UserRef, ...]
    flaw: WelcomeFlaw

    def operation(self, context: Context) -> Operation:
        """As add_users, with other Welcomes. Raises Unsupported for users at external providers."""
        return OddWelcome(context.group(self.group), tuple(map(context.user_uri, self.users)), self.flaw)
