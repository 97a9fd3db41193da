"""Issuers that answer nonsense, or nothing: the refusal of the origin stands, and nobody else waits."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.federation import Session
from simulator.net import HTTPReply, HTTPRequest
from simulator.privacy_pass import base64url
from simulator.privacy_pass.directory import MEDIA_TYPE, PATH, Per, write_directory
from simulator.privacy_pass.issuance import RESPONSE_TYPE
from simulator.services.refusal import Refusal
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from tests.breaking import breaks
from tests.provider.paying_federation import BOB, HOUR, LOOKUP, PAYS, PROTECTED, asked, paying, stand_in

ORIGIN = TokenSettings(protects=frozenset({LOOKUP}), issuer="i.example", window=HOUR)
ASKER = replace(PAYS, trusts=("i.example",))
ISSUER = replace(PROTECTED, protects=frozenset())
PER_USER = replace(ISSUER, issues=IssuerBudget(Per.user, 2, HOUR))
TYPED = (("content-type", MEDIA_TYPE),)

HONEST = "the honest key"
KEY = {"token-type": 2, "token-key": HONEST}
FAILED = HTTPReply(500, (), b"Traceback")


def listing(**members: object) -> HTTPReply:
    """A directory with these members in the place of usual ones."""
    usual = {
        "issuer-request-uri": "/token-request",
        "token-keys": [],
        "mimi-budget": {"per": "user", "tokens": 1, "period": 1},
    }
    return HTTPReply(
        200, TYPED, json.dumps({**usual, **{name.replace("_", "-"): each for name, each in members.items()}}).encode()
    )


UNREADABLE = {
    "not JSON": HTTPReply(200, TYPED, b"\xff\0{"),
    "deep": HTTPReply(200, TYPED, b"[" * 60_000),
    "long number": HTTPReply(200, TYPED, b"9" * 60_000),
    "too large": HTTPReply(200, TYPED, b" " * 70_000),
    "far too large": HTTPReply(200, TYPED, b" " * 20_000_000),
    "another type": HTTPReply(200, (("content-type", "text/html"),), b"<html>"),
    "no type": HTTPReply(200, (), b"{}"),
    "moved": HTTPReply(302, (("location", "https://c.example/"),)),
    "failed": HTTPReply(500, TYPED, b"Traceback"),
    "nothing": HTTPReply(204),
    "no window": listing(mimi_budget={"per": "user", "tokens": 1, "period": 0}),
    "endless window": listing(mimi_budget={"per": "user", "tokens": 1, "period": 10**4000}),
    "no text": listing(issuer_request_uri=None),
}
ODD = {
    "no key": listing(),
    "odd key": listing(token_keys=[{**KEY, "token-key": "AAAA"}]),
    "key of zeros": listing(token_keys=[{**KEY, "token-key": "A" * 456}]),
    "control characters": listing(token_keys=[KEY], issuer_request_uri="/\r\nHost: c.example\0"),
    "no ASCII": listing(token_keys=[KEY], issuer_request_uri="/\u00fc \u2028?\U0001f600#"),
    "no port": listing(token_keys=[KEY], issuer_request_uri="https://i.example:0x/"),
    "user information": listing(token_keys=[KEY], issuer_request_uri="https://i.example@c.example/"),
    "long": listing(token_keys=[KEY], issuer_request_uri="/" + "x" * 60_000),
    "another port": listing(token_keys=[KEY], issuer_request_uri="https://i.example:9/"),
    "odd host": listing(token_keys=[KEY], issuer_request_uri="//[i.example/"),
    "surrogates": HTTPReply(200, TYPED, b'{"issuer-request-uri":"/\\ud800","token-keys":[]}'),
}
DIRECTORIES = {**UNREADABLE, **ODD}
"""Of those that are odd an origin takes the keys, whatever else is in them."""


@asynccontextmanager
async def lying(
    session: Session, directory: HTTPReply | None, token: HTTPReply | None = None
) -> AsyncIterator[trio.Event]:
    """i.example answers so, or as the honest one does; where there is no `token` it lets whoever asks for one wait, and
    tells by the event.
    """
    hangs = trio.Event()
    tokens = session.provider("i").tokens
    assert tokens is not None
    published = (await tokens.directories.of("i.example")).directory
    key = base64url.write(published.keys[0].token_key).encode()
    shown = directory or HTTPReply(200, TYPED, write_directory(published))

    async def handler(request: HTTPRequest) -> HTTPReply:
        if request.path == PATH:
            return replace(shown, body=shown.body.replace(HONEST.encode(), key))
        if token is None:
            hangs.set()
            await trio.sleep_forever()
            raise AssertionError
        return token

    async with trio.open_nursery() as nursery:
        await stand_in(session, nursery, "i.example", handler)
        yield hangs
        nursery.cancel_scope.cancel()


async def refused(session: Session, who: str = "alice") -> str:
    with pytest.raises(Refusal) as found:
        await session.client(f"{who}.phone").request_connection(BOB)
    return str(found.value.code)


@pytest.mark.parametrize("name", DIRECTORIES)
async def test_what_is_no_directory_leaves_the_refusal_as_it_came(name: str) -> None:
    async with paying(ASKER, ORIGIN, i=ISSUER) as session, lying(session, DIRECTORIES[name], FAILED):
        assert await refused(session) == "token_required"
        assert asked(session).count((LOOKUP, 401)) == 1


RESPONSES = {
    "empty": HTTPReply(200, (("content-type", RESPONSE_TYPE),)),
    "too long": HTTPReply(200, (("content-type", RESPONSE_TYPE),), bytes(257)),
    "zero": HTTPReply(200, (("content-type", RESPONSE_TYPE),), bytes(256)),
    "too large a number": HTTPReply(200, (("content-type", RESPONSE_TYPE),), b"\xff" * 256),
    "far too large": HTTPReply(200, (("content-type", RESPONSE_TYPE),), bytes(20_000_000)),
    "another type": HTTPReply(200, (("content-type", "text/html"),), bytes(256)),
    "moved": HTTPReply(307, (("location", "https://c.example/token-request"),)),
    "unprocessable": HTTPReply(422),
    "too many, in no words": HTTPReply(429, (("retry-after", "x"),), b"\xff"),
    "failed": HTTPReply(503, (), b"Traceback"),
}


@pytest.mark.parametrize("name", RESPONSES)
async def test_what_is_no_token_leaves_the_refusal_as_it_came(name: str) -> None:
    async with paying(ASKER, ORIGIN, i=ISSUER) as session, lying(session, None, RESPONSES[name]):
        assert await refused(session) == "token_required"
        assert session.provider("a").executor.store.wallet.of("ds.b.example") == ()
        assert all("c.example" not in each.url for each in session.recorder.exchanges)


@pytest.mark.parametrize("name", UNREADABLE)
async def test_an_origin_whose_issuer_lies_can_not_verify_tokens(name: str) -> None:
    async with paying(ASKER, ORIGIN, i=ISSUER) as session:
        await session.client("alice.phone").request_connection(BOB)
        session.provider("b").executor.do(lambda context: context.store.token_directories.remove("i.example"))
        async with lying(session, UNREADABLE[name]):
            with breaks("PP-DIRECTORY-1/ISSUER", session.provider("b").executor):
                assert await refused(session, "bert") == "sender_unverifiable"


async def test_an_issuer_that_hangs_delays_nobody_who_has_a_token() -> None:
    async with paying(ASKER, ORIGIN, i=PER_USER) as session, trio.open_nursery() as nursery:
        tokens = session.provider("a").tokens
        assert tokens is not None
        await session.client("alice.phone").request_connection(BOB)
        await tokens.fetch("ds.b.example")
        async with lying(session, None) as hangs:
            await session.client("alice.phone").request_connection(BOB)
            nursery.start_soon(session.client("alice.phone").request_connection, BOB)
            await hangs.wait()
            await session.client("bert.phone").request_connection(BOB)
            assert asked(session).count((LOOKUP, 200)) == 3
            nursery.cancel_scope.cancel()


async def test_an_issuer_that_hangs_costs_one_timeout_however_many_hide_in_a_crowd(mock_clock: MockClock) -> None:
    crowd = replace(ASKER, crowd=2)
    async with paying(crowd, ORIGIN, i=PER_USER) as session, lying(session, None) as hangs:
        codes: list[str] = []

        async def ask() -> None:
            with breaks("PP-ISSUE-4/IN-TIME", session.provider("a").executor):
                codes.append(await refused(session))

        async with trio.open_nursery() as nursery:
            nursery.start_soon(ask)
            await hangs.wait()
            await wait_all_tasks_blocked()
            mock_clock.jump(31)
            await wait_all_tasks_blocked(0.01)
            assert codes == ["token_required"]
            assert [endpoint for endpoint, _ in asked(session)].count("token_request") == 1
            nursery.cancel_scope.cancel()
