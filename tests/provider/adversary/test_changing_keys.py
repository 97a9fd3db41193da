"""An issuer that shows another key each time."""

from dataclasses import replace

import pytest

from simulator.federation import Session
from simulator.privacy_pass.directory import Per, read_directory
from simulator.privacy_pass.www_authenticate import read_offers
from simulator.provider.adversary import key_per_challenge, key_per_directory
from simulator.services.refusal import Refusal
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.careless import CARELESS
from tests.provider.paying_federation import BOB, HOUR, LOOKUP, PROTECTED, asked, paying

BUDGET = IssuerBudget(Per.user, 40, HOUR)
MANY = replace(PROTECTED, issues=BUDGET)


def offered(session: Session) -> list[bytes | None]:
    """The keys of all challenges so far."""
    fields = [dict(each.response_headers).get("www-authenticate") for each in session.recorder.exchanges]
    return [offer.token_key for field in fields if field for offer in read_offers([field]).usable]


def listed(session: Session) -> list[tuple[bytes, ...]]:
    """The keys of all answers of the directory so far."""
    found = [each.response for each in session.recorder.exchanges if each.endpoint == "token_directory"]
    return [tuple(key.token_key for key in read_directory(each).keys) for each in found]


def lie(session: Session) -> None:
    liar = session.provider("b")
    assert liar.tokens is not None
    for interceptor in key_per_challenge(liar, liar.tokens, BUDGET):
        liar.executor.interceptors.begin(interceptor)


async def test_each_challenge_has_another_key_and_the_directory_has_the_first() -> None:
    async with paying(origin=MANY) as session:
        session.waive(CARELESS)
        await session.client("alice.phone").request_connection(BOB)
        lie(session)
        for _ in range(2):
            await session.client("alice.phone").request_connection(BOB)
        keys = offered(session)
        assert len(set(keys)) == len(keys) == 3
        assert {each[0] for each in listed(session)} == {keys[0]}
        assert asked(session).count((LOOKUP, 200)) == 3


async def test_who_looks_at_the_directory_pays_nothing() -> None:
    async with paying() as session:
        lie(session)
        with pytest.raises(Refusal, match="token"):
            await session.client("alice.phone").request_connection(BOB)
        assert ("token_request", 200) not in asked(session)


async def test_each_directory_has_another_key() -> None:
    async with paying() as session:
        liar, asking = session.provider("b"), session.provider("a").tokens
        liar.executor.interceptors.begin(key_per_directory(liar))
        assert asking is not None
        for _ in range(3):
            await asking.directories.of("b.example", renew=True)
            session.advance(61)
        first, second, third = listed(session)
        assert second[1:] == first
        assert third[1:] == second[:1]
