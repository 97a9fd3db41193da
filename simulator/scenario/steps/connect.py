"""A whole connection, asked for and agreed to."""

from typing import ClassVar

import msgspec

from simulator.scenario.context import Context
from simulator.scenario.names import ClientRef, UserRef
from simulator.scenario.step import Step


class Connect(Step, frozen=True, tag="connect"):
    """`request_connection` and `accept_connection` in one, for scenarios that are about something else.

    `from` asks each user in `to`, whose first client accepts.
    """

    settles: ClassVar[bool] = True

    from_: ClientRef = msgspec.field(name="from")
    to: tuple[UserRef, ...]

    async def run(self, context: Context) -> None:
        """One user after the other."""
        session = context.session
        asker = session.client(self.from_)
        for name in self.to:
            user = session.user(name)
            await asker.request_connection(user.uri)
            await session.settle()
            await user.clients[0].accept_connection(asker.user)
            await session.settle()
