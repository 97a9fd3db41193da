"""Tokens between providers that run: got over HTTPS, presented, spent."""

import pytest

from simulator.privacy_pass.directory import Per
from simulator.services.refusal import Refusal
from simulator.services.tokens.allowances import Allowance
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from tests.provider.paying_federation import BOB, HOUR, PROTECTED, asked, paying


async def test_whoever_is_asked_for_a_token_gets_some_and_pays() -> None:
    async with paying() as session:
        alice = session.client("alice.phone")
        await alice.request_connection(BOB)
        await session.settle()
        found = asked(session)
        assert found[:3] == [("ds_domain", 200), ("connection_key_packages", 401), ("token_directory", 200)]
        assert found.count(("token_request", 200)) == 4
        assert found.count(("connection_key_packages", 200)) == 1
        assert ("connection_request", 200) in found
        b = session.provider("b").executor.store
        assert len(b.spent_tokens) == 1
        assert sum(b.issued_tokens.counts("a.example").values()) == 4
        assert len(session.provider("a").executor.store.wallet.of("ds.b.example")) == 3
        paid = [each for each in session.recorder.exchanges if each.endpoint == "connection_key_packages"]
        assert all(b"alice" not in each.request for each in paid)


async def test_the_next_request_is_paid_for_at_once() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.client("bert.phone").request_connection(BOB)
        await session.settle()
        assert asked(session).count(("connection_key_packages", 401)) == 1
        assert asked(session).count(("connection_key_packages", 200)) == 2
        assert asked(session).count(("token_request", 200)) == 4


async def test_whoever_does_not_know_tokens_is_refused() -> None:
    async with paying(None) as session:
        with pytest.raises(Refusal) as refused:
            await session.client("alice.phone").request_connection(BOB)
        assert refused.value.code == "token_required"
        (exchange,) = [each for each in session.recorder.exchanges if each.status == 401]
        assert any(name == "www-authenticate" for name, _ in exchange.response_headers)


async def test_an_allowance_ends_before_anything_leaves() -> None:
    async with paying(TokenSettings(allowance=Allowance(1, HOUR))) as session:
        alice = session.client("alice.phone")
        await alice.request_connection(BOB)
        before = len(session.recorder.exchanges)
        with pytest.raises(Refusal) as refused:
            await alice.request_connection(BOB)
        assert refused.value.code == "rate_limited"
        assert len(session.recorder.exchanges) == before


async def test_a_budget_ends_with_the_issuers_refusal_and_goes_on_in_the_next_window() -> None:
    few = TokenSettings(IssuerBudget(Per.provider, 1, HOUR), protects=PROTECTED.protects, window=HOUR)
    async with paying(origin=few) as session:
        alice = session.client("alice.phone")
        await alice.request_connection(BOB)
        with pytest.raises(Refusal) as refused:
            await alice.request_connection(BOB)
        assert refused.value.code == "rate_limited"
        assert refused.value.retry_after is not None
        session.advance(HOUR)
        await alice.request_connection(BOB)
        assert asked(session).count(("connection_key_packages", 200)) == 2


async def test_users_of_a_crowd_get_one_each() -> None:
    per_user = TokenSettings(
        IssuerBudget(Per.user, 3, HOUR, most=30), protects=PROTECTED.protects, window=HOUR, grease=True
    )
    async with paying(TokenSettings(unnamed=True, crowd=2), per_user) as session:
        await session.client("alice.phone").request_connection(BOB)
        counts = session.provider("b").executor.store.issued_tokens.counts("a.example")
        assert sorted(counts.values()) == [1, 1]
        assert asked(session).count(("connection_key_packages", 200)) == 1


async def test_too_few_users_redeem_nothing() -> None:
    per_user = TokenSettings(IssuerBudget(Per.user, 3, HOUR), protects=PROTECTED.protects, window=HOUR)
    async with paying(TokenSettings(unnamed=True, crowd=3), per_user) as session:
        with pytest.raises(Refusal) as refused:
            await session.client("alice.phone").request_connection(BOB)
        assert refused.value.code == "token_required"
        assert asked(session).count(("token_request", 200)) == 0
