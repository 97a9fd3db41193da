"""A user ends the account."""

from typing import ClassVar

from simulator.scenario.names import UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class RemoveAccount(Step, frozen=True, tag="remove_account"):
    """The user's own provider forgets it and all of its clients; the hubs of their groups hear of it, and propose their
    removal.
    """

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "user"

    user: UserRef

    async def run(self, context: Context) -> None:
        """For good: its clients are offline from then on."""
        context.session.remove_user(self.user)
