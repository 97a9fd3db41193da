"""Ask another user for a connection."""

from typing import ClassVar

import msgspec

from simulator.scenario.context import Context
from simulator.scenario.names import ClientRef, Kind, UserRef
from simulator.scenario.step import Step


class RequestConnection(Step, frozen=True, tag="request_connection"):
    """Fetch the other user's connection KeyPackages, create a connection group and invite them ([DS] Connection
    establishment flow). Names the connection group.
    """

    produces: ClassVar[Kind] = Kind.group

    from_: ClientRef = msgspec.field(name="from")
    to: UserRef

    async def run(self, context: Context) -> str:
        """The connection group's URI."""
        return await context.session.client(self.from_).request_connection(context.user_uri(self.to))
