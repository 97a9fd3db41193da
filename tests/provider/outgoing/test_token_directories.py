"""Issuers' directories: one copy of each, asked for once."""

from collections.abc import Sequence

import pytest
import trio

from simulator.federation import Session
from simulator.net import HTTPReply, HTTPRequest
from simulator.privacy_pass.directory import MEDIA_TYPE
from simulator.privacy_pass.errors import InvalidDirectory
from simulator.privacy_pass.following import DAY
from simulator.provider.outgoing.token_directories import DirectoryCopies, NoDirectory
from tests.breaking import breaks
from tests.provider.paying_federation import HOUR, asked, paying, stand_in

TYPE = ("content-type", MEDIA_TYPE)


def copies(session: Session) -> DirectoryCopies:
    tokens = session.provider("a").tokens
    assert tokens is not None
    return tokens.directories


async def test_there_is_one_copy_until_it_is_over() -> None:
    async with paying() as session:
        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(copies(session).of, "b.example")
        first = await copies(session).of("b.example", renew=True)  # too soon
        assert asked(session) == [("token_directory", 200)]
        session.advance(61)
        assert (await copies(session).of("b.example", renew=True)).directory == first.directory
        await copies(session).of("b.example")
        assert len(asked(session)) == 2
        session.advance(HOUR)
        await copies(session).of("b.example")
        assert len(asked(session)) == 3


@pytest.mark.parametrize(
    ("status", "headers", "body", "error", "rule"),
    [
        (302, [("location", "https://c.example/"), TYPE], b"", NoDirectory, "PP-DIRECTORY-1/ANSWER"),
        (404, [TYPE], b"", NoDirectory, "PP-DIRECTORY-1/ANSWER"),
        (200, [("content-type", "text/html")], b"<html>", NoDirectory, "PP-DIRECTORY-1/ANSWER"),
        (200, [TYPE], b"[]", InvalidDirectory, "PP-DIRECTORY-1"),
        (200, [TYPE], b"\xff", InvalidDirectory, "PP-DIRECTORY-1"),
        (200, [TYPE], b" " * 70_000, InvalidDirectory, "PP-DIRECTORY-1/SIZE"),
    ],
)
async def test_what_is_no_directory_is_not_taken(
    status: int, headers: Sequence[tuple[str, str]], body: bytes, error: type[Exception], rule: str
) -> None:
    async def handler(request: HTTPRequest) -> HTTPReply:
        return HTTPReply(status, tuple(headers), body)

    async with paying() as session, trio.open_nursery() as nursery:
        await stand_in(session, nursery, "b.example", handler)
        with breaks(rule, session.provider("a").executor), pytest.raises(error):
            await copies(session).of("b.example")
        assert len(asked(session)) == 1
        nursery.cancel_scope.cancel()


async def test_a_copy_is_kept_for_a_day_at_most() -> None:
    async def handler(request: HTTPRequest) -> HTTPReply:
        cached = ("cache-control", "public, max-age=9999999999")
        return HTTPReply(200, (TYPE, cached), b'{"issuer-request-uri":"/t","token-keys":[]}')

    async with paying() as session, trio.open_nursery() as nursery:
        await stand_in(session, nursery, "b.example", handler)
        kept = await copies(session).of("b.example")
        assert kept.until - kept.fetched == DAY
        nursery.cancel_scope.cancel()
