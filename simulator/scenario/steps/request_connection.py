"""Ask another user for a connection."""

from typing import ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.scenario.names import ClientRef, Kind, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step
from simulator.scenario.steps.connect import ask
from simulator.scenario.steps.find_user import find


class RequestConnection(Step, frozen=True, tag="request_connection"):
    """Ask the other user to be connected, in the draft's way. Where that takes a group, into which the other user is
    invited, the step names it.
    """

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.consent,)
    produces: ClassVar[Kind] = Kind.group

    from_: ClientRef = msgspec.field(name="from")
    to: UserRef
    find: bool = False
    """Whether the other user is looked for by an identifier before, where the draft has a search for that."""

    async def run(self, context: Context) -> str | None:
        """The group's URI. Raises Unsupported where an external provider has no such user."""
        asker = context.session.client(self.from_)
        if self.find and context.session.draft.search is not None:
            await find(context, context.session.user(asker.user), context.user_uri(self.to))
        if self.to.startswith("mimi://"):
            return await asker.request_connection(self.to)
        return await ask(context, asker, context.session.user(self.to))
