"""Agree to a connection."""

import msgspec

from simulator.scenario.context import Context
from simulator.scenario.names import ClientRef, UserRef
from simulator.scenario.step import Step


class AcceptConnection(Step, frozen=True, tag="accept_connection"):
    """Join the connection group that the other user's request invites to; from then on both are connected."""

    by: ClientRef
    from_: UserRef = msgspec.field(name="from")

    async def run(self, context: Context) -> None:
        """Answer the request that waits at the client."""
        await context.session.client(self.by).accept_connection(context.user_uri(self.from_))
