"""Don't answer a request for a connection."""

from typing import ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.scenario.names import ClientRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class IgnoreConnection(Step, frozen=True, tag="ignore_connection"):
    """Throw the request away: nobody is told, and nothing is sent."""

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.consent,)

    by: ClientRef
    from_: UserRef = msgspec.field(name="from")

    async def run(self, context: Context) -> None:
        """Answer the request that waits at the client."""
        context.session.client(self.by).ignore_connection(context.user_uri(self.from_))
