"""A whole connection, asked for and agreed to."""

from functools import partial
from typing import ClassVar

import msgspec
import trio

from simulator.clients import Client
from simulator.drafts.features import DraftFeature
from simulator.drafts.mls_profile import REGULAR
from simulator.federation import Session, Unsupported, User
from simulator.scenario.names import ClientRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step
from simulator.services.accounts.consent import is_granted
from simulator.services.refusal import Code, Refusal

TIMEOUT = 5
"""Seconds for a user of an external provider that is said to agree by itself."""
EVERY = 0.1
"""Seconds between two questions whether it has."""


class Connect(Step, frozen=True, tag="connect"):
    """`request_connection` and `accept_connection` in one, for scenarios that are about something else.

    `from` asks each user in `to`, whose first client accepts. One of an external provider is only asked; where
    `accepts` says that its users agree by themselves, that is waited for.
    """

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.consent,)
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
            try:
                await ask(context, asker, user)
                await session.settle()
                if user.agrees:
                    context.agreed[asker.user, user.uri] = await until_agreed(session, asker, user)
                else:
                    await user.clients[0].accept_connection(asker.user)
                    await session.settle()
            except Unsupported as why:
                obstacle = why
        if obstacle is not None:
            raise obstacle


async def ask(context: Context, asker: Client, user: User) -> str | None:
    """Ask for a connection; the URI of the group that this takes, if it takes one. Raises Unsupported where an external
    provider does not know the user: nobody can make it a user there.
    """
    try:
        return await asker.request_connection(user.uri)
    except Refusal as refusal:
        for external in context.session.external_providers:
            if refusal.code is Code.unknown_user and external.name == user.at:
                external.refuse(f"the user {user.name}, whom it does not know,")
        raise


async def until_agreed(session: Session, asker: Client, user: User) -> int:
    """Ask for its KeyPackages until they are not refused, or its provider has told ours: in a draft whose providers
    tell each other nothing about consent nothing else shows that somebody has agreed; and in one whose providers do,
    one may have agreed long ago, and know nothing of KeyPackages for no group. How many clients it has there.

    Raises Unsupported if that does not happen soon, for no rule says when, and what else such a request raises.
    """
    consent = session.draft.consent
    told = partial(is_granted, asker.user, user.uri)
    refused = ""
    with trio.move_on_after(TIMEOUT):
        while True:
            try:
                found = await asker.state.fetch_key_packages(user.uri, REGULAR)
            except Refusal as refusal:
                if consent.write is None and refusal.code != consent.missing:
                    raise
                refused = f": its KeyPackages are refused, {refusal}"
                if session.user(asker.user).provider.executor.do(told):
                    return len(user.devices)
                await trio.sleep(EVERY)
            else:
                return len(found)
    raise Unsupported(f"{user.at} is an external provider: {user.name} has not agreed within {TIMEOUT} s{refused}")
