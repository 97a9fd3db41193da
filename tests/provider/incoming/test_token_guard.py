"""What becomes of the tokens that are presented: each pays for one request, and a repetition gets the same answer."""

from dataclasses import replace

import pytest

from simulator.federation import Session
from simulator.federation.session import RawReply
from simulator.net import TransportError
from simulator.net.faults import DropAnswer, RequestMatch
from simulator.privacy_pass.authorization import read_authorization, write_authorization
from simulator.privacy_pass.directory import Per
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from simulator.trace import Exchange
from tests.breaking import breaks
from tests.provider.paying_federation import BEN, BOB, HOUR, LOOKUP, PROTECTED, asked, paying

BOBS_PHONE = "mimi://b.example/d/bob/phone"
OF_ANOTHER = TokenSettings(protects=frozenset({LOOKUP}), issuer="i.example", window=HOUR)
ISSUER = TokenSettings(IssuerBudget(Per.provider, 8, HOUR), window=HOUR)
TRUSTS = TokenSettings(unnamed=True, trusts=("i.example",))


def paid(session: Session) -> list[Exchange]:
    """The lookups that had a token."""
    return [each for each in session.recorder.exchanges if each.endpoint == LOOKUP and token_of(each)]


def token_of(exchange: Exchange) -> str:
    return dict(exchange.request_headers).get("authorization", "")


async def again(session: Session, exchange: Exchange, *tokens: str) -> RawReply:
    """The same body once more, with these fields."""
    session.provider("a").peers.payer = None
    headers = tuple(("authorization", token) for token in tokens)
    return await session.send_raw("a.example", "b.example", LOOKUP, exchange.request, headers=headers)


async def test_a_replay_gets_the_kept_answer_and_nothing_is_done() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.settle()
        (exchange,), before = paid(session), session.provider("b").own_rows()
        assert exchange.status == 200
        reply = await again(session, exchange, token_of(exchange))
        assert (reply.http, reply.body) == (200, exchange.response)
        assert session.provider("b").own_rows() == before


async def test_a_token_that_paid_for_something_else_is_spent() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.client("bert.phone").request_connection(BEN)
        await session.settle()
        (first, other), before = paid(session), session.provider("b").own_rows()
        reply = await again(session, other, token_of(first))
        assert (reply.http, reply.error) == (401, "token_spent")
        assert any(name == "www-authenticate" for name, _ in session.recorder.exchanges[-1].response_headers)
        assert session.provider("b").own_rows() == before


async def test_what_is_no_good_token_costs_nobody_anything() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.settle()
        (exchange,), before = paid(session), session.provider("b").own_rows()
        token = read_authorization([token_of(exchange)])
        forged = write_authorization(replace(token, nonce=b"x" * 32))
        good = write_authorization(token)
        bad = ([forged], [good, good], [f"{good}, {good}"], [good[:-9] + '"'], ["PrivateToken"], ["PrivateToken =,"])
        for fields in bad:
            reply = await again(session, exchange, *fields)
            assert (reply.http, reply.error) == (401, "invalid_token")
        for fields in ([], ["Basic YTpi"]):
            reply = await again(session, exchange, *fields)
            assert (reply.http, reply.error) == (401, "token_required")
        assert session.provider("b").own_rows() == before


async def test_a_lost_answer_costs_neither_token_nor_key_package() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.settle()
        left = session.provider("b").remaining_key_packages(BOBS_PHONE, "connection")
        session.inject(DropAnswer(where=RequestMatch(endpoint=LOOKUP)))
        with pytest.raises(TransportError):
            await session.client("bert.phone").request_connection(BOB)
        session.repair()
        await session.client("bert.phone").request_connection(BOB)
        await session.settle()
        _, lost, repeated = paid(session)
        assert token_of(lost) == token_of(repeated)
        assert session.provider("b").remaining_key_packages(BOBS_PHONE, "connection") == left - 1


async def test_a_refusal_is_kept_too() -> None:
    async with paying() as session:
        with pytest.raises(Exception, match="not a user"):
            await session.client("alice.phone").request_connection("mimi://b.example/u/nobody")
        (exchange,) = paid(session)
        reply = await again(session, exchange, token_of(exchange))
        assert (reply.http, reply.error, reply.body) == (404, "unknown_user", exchange.response)


async def test_an_unnamed_requester_needs_a_token() -> None:
    async with paying(origin=replace(PROTECTED, protects=frozenset())) as session:
        with pytest.raises(Exception, match="the requester is not named"):
            await session.client("alice.phone").request_connection(BOB)


async def test_an_independent_issuer_is_asked_for_its_keys() -> None:
    async with paying(TRUSTS, OF_ANOTHER, i=ISSUER) as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.settle()
        directories = [each.sender for each in session.recorder.exchanges if each.endpoint == "token_directory"]
        assert directories == ["a.example", "b.example"]
        assert asked(session).count((LOOKUP, 200)) == 1
        assert all(b"bob" not in each.request for each in session.recorder.exchanges if each.provider == "i.example")


async def test_tokens_that_can_not_be_verified_are_not_lost() -> None:
    async with paying(TRUSTS, OF_ANOTHER, i=ISSUER) as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.stop("i.example")
        session.provider("b").executor.store.token_directories.remove("i.example")
        with (
            breaks("PP-DIRECTORY-1/ISSUER", session.provider("b").executor),
            pytest.raises(Exception, match="tokens can't be verified"),
        ):
            await session.client("bert.phone").request_connection(BOB)
        await session.start("i.example")
        await session.client("bert.phone").request_connection(BOB)
        assert asked(session).count((LOOKUP, 200)) == 2
        assert asked(session).count(("token_request", 200)) == 4


async def test_a_welcome_uses_what_was_handed_out_once() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        await session.settle()
        (asking,) = [each for each in session.recorder.exchanges if each.endpoint == "connection_request"]
        before = session.provider("b").own_rows()
        assert before["handed_out"] == frozenset()
        assert (await session.send_raw("a.example", "b.example", "connection_request", asking.request)).http == 200
        assert session.provider("b").own_rows() == before
