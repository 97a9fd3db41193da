"""How tokens are got: lost answers cost nothing, and what an issuer does wrong makes no token."""

import json
from dataclasses import replace

import pytest
import trio

from simulator.federation import Session
from simulator.net import HTTPReply, HTTPRequest
from simulator.net.faults import DropAnswer, RequestMatch, Respond
from simulator.privacy_pass.challenge import token_challenge
from simulator.privacy_pass.directory import MEDIA_TYPE, Per, write_directory
from simulator.privacy_pass.issuance import RESPONSE_TYPE
from simulator.provider.outgoing.token_fetching import NoTokens
from simulator.services.refusal import Refusal
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.issuing import rotate
from simulator.services.tokens.settings import TokenSettings
from simulator.storage import KnownChallenge
from tests.breaking import breaks
from tests.provider.paying_federation import BEN, BOB, HOUR, LOOKUP, NOW, PROTECTED, asked, paying, stand_in

FEW = replace(PROTECTED, issues=IssuerBudget(Per.provider, 1, HOUR))


async def refused(session: Session) -> str:
    with pytest.raises(Refusal) as found:
        await session.client("alice.phone").request_connection(BOB)
    return str(found.value.code)


@pytest.mark.parametrize("restart", [False, True])
async def test_a_lost_token_is_asked_for_again_in_the_same_octets(restart: bool) -> None:
    async with paying(origin=FEW) as session:
        session.inject(DropAnswer(where=RequestMatch(operation="token_request")))
        with breaks("PP-ISSUE-4/ANSWER", session.provider("a").executor):
            assert await refused(session) == "token_required"
        session.repair()
        if restart:
            await session.crash("a.example")
            await session.start("a.example")
        await session.client("alice.phone").request_connection(BOB)
        bodies = [each.request for each in session.recorder.exchanges if each.endpoint == "token_request"]
        assert bodies[0] == bodies[1]
        assert sum(session.provider("b").executor.store.issued_tokens.counts("a.example").values()) == 1
        assert asked(session).count((LOOKUP, 200)) == 1


@pytest.mark.parametrize("status", [401, 403, 429, 503])
async def test_so_is_one_whose_repetition_was_refused_for_who_asks_or_when(status: int) -> None:
    """That says nothing of the first request, whose token may have been issued."""
    async with paying(origin=FEW) as session:
        session.inject(DropAnswer(where=RequestMatch(operation="token_request", times=1)))
        assert await refused(session) == "token_required"
        session.inject(Respond(where=RequestMatch(operation="token_request", times=1), status=status))
        assert await refused(session) == "token_required"
        session.repair()
        await session.client("alice.phone").request_connection(BOB)
        asked_for = [each for each in session.recorder.exchanges if each.endpoint == "token_request"]
        assert [each.status for each in asked_for[:3]] == [None, status, 200]
        assert len({each.request for each in asked_for[:3]}) == 1
        assert sum(session.provider("b").executor.store.issued_tokens.counts("a.example").values()) == 1


async def test_a_rotated_key_is_learned_by_a_422() -> None:
    async with paying() as session:
        await session.client("alice.phone").request_connection(BOB)
        session.advance(HOUR)  # another challenge, and the copy of the directory is over
        for _ in range(2):
            session.provider("b").executor.do(lambda context: rotate(HOUR, context))
        await session.client("alice.phone").request_connection(BOB)
        assert asked(session).count((LOOKUP, 200)) == 2


async def test_an_issuer_may_have_no_key_and_may_not_know_those_that_it_lists() -> None:
    async with paying() as session, trio.open_nursery() as nursery:
        tokens = session.provider("b").tokens
        assert tokens is not None
        published = await tokens.directories.of("b.example")
        await session.provider("a").peers.hosts("b.example")
        answers = [replace(published.directory, keys=()), published.directory]

        async def handler(request: HTTPRequest) -> HTTPReply:
            if request.method == "GET":
                return HTTPReply(200, (("content-type", MEDIA_TYPE),), write_directory(answers.pop(0)))
            return HTTPReply(422)

        await stand_in(session, nursery, "b.example", handler)
        fetcher = session.provider("a").tokens
        assert fetcher is not None
        challenge = KnownChallenge("ds.b.example", token_challenge("b.example", b"1" * 32, "ds.b.example"), None, NOW)
        with breaks("PP-DIRECTORY-1/DUE", session.provider("a").executor), pytest.raises(NoTokens):
            await fetcher.fetcher.round(challenge, "b.example", "alice")
        session.advance(61)
        with breaks("PP-ISSUE-2/ANSWER", session.provider("a").executor), pytest.raises(NoTokens):
            await fetcher.fetcher.round(challenge, "b.example", "alice")
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("answer", [b"", b"x" * 256, b"x" * 257], ids=["empty", "no signature", "too long"])
async def test_what_does_not_finalize_is_no_token(answer: bytes) -> None:
    async with paying() as session, trio.open_nursery() as nursery:
        tokens = session.provider("b").tokens
        assert tokens is not None
        published = await tokens.directories.of("b.example")

        async def handler(request: HTTPRequest) -> HTTPReply:
            if request.method == "GET":
                return HTTPReply(200, (("content-type", MEDIA_TYPE),), write_directory(published.directory))
            return HTTPReply(200, (("content-type", RESPONSE_TYPE),), answer)

        await session.provider("a").peers.hosts("b.example")  # discovery is at the same domain
        await stand_in(session, nursery, "b.example", handler)
        assert await refused(session) == "token_required"
        assert session.provider("a").executor.store.wallet.of("ds.b.example") == ()
        nursery.cancel_scope.cancel()


async def test_token_requests_go_nowhere_but_to_the_issuer() -> None:
    async with paying() as session, trio.open_nursery() as nursery:
        tokens = session.provider("a").tokens
        assert tokens is not None
        kept = await tokens.directories.of("b.example")
        members = json.loads(write_directory(kept.directory))
        members["issuer-request-uri"] = "https://m.example/token-request"
        session.advance(HOUR)

        async def handler(request: HTTPRequest) -> HTTPReply:
            return HTTPReply(200, (("content-type", MEDIA_TYPE),), json.dumps(members).encode())

        await session.provider("a").peers.hosts("b.example")
        await stand_in(session, nursery, "b.example", handler)
        assert await refused(session) == "token_required"
        assert all(endpoint != "token_request" for endpoint, _ in asked(session))
        nursery.cancel_scope.cancel()


async def test_an_issuer_that_has_enough_of_one_user_serves_the_others() -> None:
    per_user = replace(PROTECTED, issues=IssuerBudget(Per.user, 1, HOUR))
    async with paying(TokenSettings(crowd=2), per_user) as session:
        await session.client("alice.phone").request_connection(BOB)
        with pytest.raises(Refusal, match=r"^token_request rejected by b\.example: 1 tokens were issued") as why:
            await session.client("alice.phone").request_connection(BEN)
        assert str(why.value).count("token_request") == str(why.value).count("rate_limited") == 1
        await session.client("bert.phone").request_connection(BOB)
        assert asked(session).count((LOOKUP, 200)) == 2


@pytest.mark.parametrize(("per", "crowd", "asked_for"), [("provider", 1, 4), ("user", 1, 2), ("user", 2, 2)])
async def test_users_who_ask_at_once_share_what_is_got_for_both(per: str, crowd: int, asked_for: int) -> None:
    origin = replace(PROTECTED, issues=IssuerBudget(Per(per), 8, HOUR))
    async with paying(TokenSettings(crowd=crowd), origin) as session:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(session.client("alice.phone").request_connection, BOB)
            nursery.start_soon(session.client("bert.phone").request_connection, BEN)
        assert asked(session).count(("token_request", 200)) == asked_for
        assert asked(session).count((LOOKUP, 200)) == 2


async def test_users_who_ask_at_once_are_each_told_why_there_is_none_for_them() -> None:
    per_user = replace(PROTECTED, issues=IssuerBudget(Per.user, 1, HOUR))
    async with paying(TokenSettings(crowd=2), per_user) as session:
        await session.client("alice.phone").request_connection(BOB)
        told: dict[str, str] = {}

        async def ask(name: str) -> None:
            try:
                await session.client(name).request_connection(BEN)
            except Refusal as refusal:
                told[name] = str(refusal.code)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(ask, "alice.phone")
            nursery.start_soon(ask, "bert.phone")
        assert told == {"alice.phone": "rate_limited"}


async def test_a_token_comes_as_one() -> None:
    async with paying() as session, trio.open_nursery() as nursery:
        tokens = session.provider("b").tokens
        assert tokens is not None
        published = await tokens.directories.of("b.example")

        async def handler(request: HTTPRequest) -> HTTPReply:
            if request.method == "GET":
                return HTTPReply(200, (("content-type", MEDIA_TYPE),), write_directory(published.directory))
            return HTTPReply(200, (("content-type", "text/html"),), bytes(256))

        await session.provider("a").peers.hosts("b.example")
        await stand_in(session, nursery, "b.example", handler)
        with breaks("PP-ISSUE-4/MEDIA-TYPE", session.provider("a").executor):
            assert await refused(session) == "token_required"
        nursery.cancel_scope.cancel()
