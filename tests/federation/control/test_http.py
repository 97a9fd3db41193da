"""The small HTTP server: one request a connection, and no peer can hurt it."""

import socket
import struct
from collections.abc import AsyncIterator

import pytest
import trio
import trio.testing

from simulator.federation.control.http import BODY, HEAD, WAITING, serve_plain
from simulator.net import Address, HTTPReply, HTTPRequest


async def _echo(request: HTTPRequest) -> HTTPReply:
    said = f"{request.method} {request.path}?{request.query} {request.host} {len(request.body)}"
    return HTTPReply(200, (("x-large", str(request.body_too_large)),), said.encode())


@pytest.fixture
async def address(nursery: trio.Nursery) -> AsyncIterator[Address]:
    found: Address = await nursery.start(serve_plain, _echo)
    yield found
    assert b" 200 " in await _ask(found, b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")  # it still serves
    nursery.cancel_scope.cancel()


async def _ask(address: Address, data: bytes) -> bytes:
    async with await trio.open_tcp_stream(address.host, address.port) as stream, trio.open_nursery() as nursery:

        async def send() -> None:
            try:
                await stream.send_all(data)
            except trio.BrokenResourceError:
                return  # cut off

        nursery.start_soon(send)
        received = b""
        try:
            async for chunk in stream:
                received += chunk
        except trio.BrokenResourceError:
            pass
    return received


async def test_a_request_and_its_reply(address: Address) -> None:
    assert address.host == "127.0.0.1"
    reply = await _ask(address, b"POST /a/b?c=d HTTP/1.1\r\nHost: LocalHost:80\r\nContent-Length: 3\r\n\r\nabc")
    assert reply.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in reply.lower()
    assert reply.endswith(b"\r\n\r\nPOST /a/b?c=d localhost 3")


async def test_chunks_and_a_peer_that_waits_for_a_go(address: Address) -> None:
    chunked = b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    assert (await _ask(address, chunked)).endswith(b" 3")
    async with await trio.open_tcp_stream(address.host, address.port) as stream:
        await stream.send_all(b"POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert (await stream.receive_some()).startswith(b"HTTP/1.1 100")
        await stream.send_all(b"ab")
        assert (await stream.receive_some()).endswith(b" 2")


async def test_head_has_no_body(address: Address) -> None:
    reply = await _ask(address, b"HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
    assert reply.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: h\r\nX: " + b"x" * 2 * HEAD, b"431"),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
    ],
    ids=["TLS", "no host", "large head", "bad chunk"],
)
async def test_what_is_no_http(address: Address, data: bytes, status: bytes) -> None:
    assert (await _ask(address, data)).startswith(b"HTTP/1.1 " + status)


async def test_a_large_body_is_not_kept(address: Address) -> None:
    head = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n"
    assert b"x-large: False" in await _ask(address, head % BODY + bytes(BODY))
    reply = await _ask(address, head % (BODY + 1) + bytes(BODY + 1))
    assert b"x-large: True" in reply
    assert reply.endswith(b" 0")


async def test_a_peer_that_leaves(address: Address) -> None:
    for begun in (b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"):
        async with await trio.open_tcp_stream(address.host, address.port) as stream:
            await stream.send_all(begun)


async def test_half_requests_keep_nobody_out(address: Address) -> None:
    streams = [await trio.open_tcp_stream(address.host, address.port) for _ in range(WAITING + 40)]
    for number, stream in enumerate(streams):
        await stream.send_all(b"POST / HTTP/1.1\r\nHost: h\r\nX-Half: " if number % 2 else b"G")
    with trio.fail_after(10):
        assert b" 200 " in await _ask(address, b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        assert await streams[0].receive_some() == b"", "the oldest has made room"
    for stream in streams:
        await stream.aclose()


async def test_who_is_not_let_in_gets_an_answer_and_no_body_is_kept(nursery: trio.Nursery) -> None:
    handled: list[HTTPRequest] = []

    async def handle(request: HTTPRequest) -> HTTPReply:
        handled.append(request)
        return HTTPReply(200)

    def admit(request: HTTPRequest) -> HTTPReply | None:
        return None if request.header("x-known") else HTTPReply(401, (), b"who are you?")

    address = await nursery.start(serve_plain, handle, admit)
    head = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n"
    with trio.fail_after(20):
        for size in (0, 3, 2 * BODY):
            reply = await _ask(address, head % size + b"\r\n" + bytes(size))
            assert reply.startswith(b"HTTP/1.1 401 ")
            assert reply.endswith(b"who are you?")
        assert handled == []
        assert b" 200 " in await _ask(address, head % 3 + b"X-Known: yes\r\n\r\nabc")
    assert [request.body for request in handled] == [b"abc"]
    nursery.cancel_scope.cancel()


async def test_a_peer_that_is_gone_before_anybody_asks_who_it_was_ends_nothing(address: Address) -> None:
    for said in (b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"):
        for _ in range(20):  # all of them, before the server has a turn
            with socket.socket() as peer:
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset at its end
                peer.connect((address.host, address.port))
                peer.send(said)
        await trio.testing.wait_all_tasks_blocked()
