"""Ask another user for a connection."""

from typing import ClassVar

import msgspec

from simulator.drafts.notions import Notion
from simulator.scenario.names import ClientRef, Kind, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step
from simulator.scenario.steps.connect import ask


class RequestConnection(Step, frozen=True, tag="request_connection"):
    """Fetch the other user's connection KeyPackages, create a connection group and invite them ([DS] Connection
    establishment flow). Names the connection group.
    """

    needs: ClassVar[tuple[Notion, ...]] = (Notion.connection_groups,)
    produces: ClassVar[Kind] = Kind.group

    from_: ClientRef = msgspec.field(name="from")
    to: UserRef

    async def run(self, context: Context) -> str:
        """The connection group's URI. Raises Unsupported where an external provider has no such user."""
        asker = context.session.client(self.from_)
        if self.to.startswith("mimi://"):
            return await asker.request_connection(self.to)
        return await ask(context, asker, context.session.user(self.to))
