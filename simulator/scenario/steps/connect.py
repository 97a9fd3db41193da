"""A whole connection, asked for and agreed to."""

from typing import ClassVar

import msgspec

from simulator.federation import Unsupported
from simulator.scenario.context import Context
from simulator.scenario.names import ClientRef, UserRef
from simulator.scenario.step import Step


class Connect(Step, frozen=True, tag="connect"):
    """`request_connection` and `accept_connection` in one, for scenarios that are about something else.

    `from` asks each user in `to`, whose first client accepts. One of an external provider is only asked.
    """

    settles: ClassVar[bool] = True

    from_: ClientRef = msgspec.field(name="from")
    to: tuple[UserRef, ...]

    async def run(self, context: Context) -> None:
        """One user after the other. Raises Unsupported at the end if one of them could not be made to accept."""
        session = context.session
        asker = session.client(self.from_)
        obstacle: Unsupported | None = None
        for name in self.to:
            user = session.user(name)
            await asker.request_connection(user.uri)
            await session.settle()
            try:
                accepting = user.clients[0]
            except Unsupported as why:
                obstacle = why
                continue
            await accepting.accept_connection(asker.user)
            await session.settle()
        if obstacle is not None:
            raise obstacle
