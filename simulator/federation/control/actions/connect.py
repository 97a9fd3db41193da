"""Connections between users."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.federation.control.action import Action, Answer, ClientName, UserName
from simulator.federation.control.operator import Operator


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """A connection that was asked for."""

    user: str
    group: str | None
    """The URI of the group into which the other user is invited for it; null where the draft needs none."""
    accepted: bool
    """Whether the other user has agreed already."""


class Connected(Answer, frozen=True, kw_only=True):
    """One connection for each user."""

    connections: tuple[Connection, ...]


class Connect(Action, frozen=True, kw_only=True):
    """Ask users for a connection. It is what allows to add them to groups.

    Users of ours agree at once, by their first client, unless `accept` is false; users of an external provider
    decide for themselves.
    """

    name: ClassVar[str] = "connect"
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.consent,)
    example: ClassVar[dict[str, Any]] = {"from": "alice", "to": ["bob"]}

    from_: ClientName = msgspec.field(name="from")
    to: Annotated[tuple[UserName, ...], msgspec.Meta(min_length=1)]
    accept: bool = True

    async def run(self, operator: Operator) -> Connected:
        """One user after the other."""
        users = operator.user_uris(self.to)
        return Connected(connections=tuple([await self._connect(user, operator) for user in users]))

    async def _connect(self, user: str, operator: Operator) -> Connection:
        async with operator.acting(self.from_) as asker:
            group = await asker.request_connection(user)
        await operator.rest()
        other = operator.first_client(user) if self.accept else None
        if other is not None:
            async with operator.acting(other) as agreeing:
                await agreeing.accept_connection(asker.user)
            await operator.rest()
        return Connection(user=user, group=group, accepted=other is not None)
