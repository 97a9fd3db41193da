"""A provider that asks for users that it does not have."""

from dataclasses import replace

import pytest

from simulator.errors import Misuse
from simulator.federation import Session
from simulator.privacy_pass.directory import Per
from simulator.provider.adversary import ask_as_invented_users
from simulator.services.tokens.budgets import IssuerBudget
from tests.provider.paying_federation import BOB, HOUR, PROTECTED, asked, paying

HOST = "ds.b.example"


async def ask(session: Session, count: int) -> int:
    asker = session.provider("a")
    assert asker.tokens is not None
    return await ask_as_invented_users(asker, asker.tokens, HOST, count)


async def test_it_gets_no_more_than_so_many_altogether() -> None:
    async with paying(origin=replace(PROTECTED, issues=IssuerBudget(Per.user, 1, HOUR, most=4))) as session:
        await session.client("alice.phone").request_connection(BOB)
        assert await ask(session, 5) == 3
        assert [asked(session).count(("token_request", status)) for status in (200, 429)] == [4, 2]
        assert len(session.provider("a").executor.store.wallet.of(HOST)) == 3


async def test_without_a_challenge_or_pseudonyms_there_is_nothing_to_ask_for() -> None:
    async with paying() as session:
        with pytest.raises(Misuse, match="shown no challenge"):
            await ask(session, 1)
        await session.client("alice.phone").request_connection(BOB)
        with pytest.raises(Misuse, match="does not count tokens by user"):
            await ask(session, 1)
