"""A plain request gets the reply that hypercorn would send, and where only hypercorn knows which, that one."""

import pytest
import trio

from simulator.net import HTTPReply, HTTPRequest, ServerFault
from tests.net.loopback import Echo, Loopback, Stream, receive_all

HOST = b"Host: ds.a.example\r\n"
PLAIN = b"POST /a%20b?c HTTP/1.1\r\n" + HOST + b"X-Own: 1\r\nContent-Length: 4\r\n\r\nbody"
SPACED = PLAIN.replace(b"X-Own: 1", b"X-Own:  1")
"""The same for h11, which takes more than one space there."""


async def _reply(stream: Stream, request: bytes) -> bytes:
    await stream.send_all(request)
    data = b""
    with trio.fail_after(5):
        while not data.endswith(b"body"):
            data += await stream.receive_some()
    return b"\r\n".join(line for line in data.split(b"\r\n") if not line.startswith(b"date: "))


async def test_both_ways_see_the_same_and_say_the_same(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    replies = [await _reply(stream, each) for each in (PLAIN, SPACED, PLAIN, b"\r\n" + PLAIN, SPACED, PLAIN)]
    assert len(set(replies)) == 1
    assert len(echo.requests) == 6
    assert all(request == echo.requests[0] for request in echo.requests)


async def test_a_request_behind_another_is_served_after_it(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(PLAIN + PLAIN + SPACED)
    await stream.send_all(PLAIN.replace(HOST, HOST + b"Connection: close\r\n"))
    with trio.fail_after(5):
        assert (await receive_all(stream)).count(b"HTTP/1.1 200 \r\n") == 4


@pytest.mark.parametrize("status", [204, 304])
async def test_a_reply_without_content(loopback: Loopback, status: int) -> None:
    async def answer(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(status)

    await loopback.serve(answer)
    client = await loopback.client()
    for _ in range(2):
        assert (await client.request("POST", "https://ds.a.example/", b"x")).status == status


@pytest.mark.parametrize("request_", [PLAIN, SPACED])
async def test_a_reply_that_is_no_http_is_a_fault_of_the_server(loopback: Loopback, request_: bytes) -> None:
    async def split(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(200, (("x", "a\r\nset-cookie: b"),), b"body")

    await loopback.serve(split)
    stream = await loopback.connect()
    await stream.send_all(request_)
    with trio.fail_after(5):
        assert await receive_all(stream) == b""
    [report] = loopback.reports
    assert isinstance(report, ServerFault)
    assert "Illegal header value" in str(report.error)


async def test_what_comes_after_a_reply_has_the_time_of_an_idle_connection(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo, head_seconds=5, keep_alive_seconds=0.1)
    stream = await loopback.connect()
    await _reply(stream, PLAIN)
    with trio.fail_after(3):
        assert await receive_all(stream) == b""
