"""What stands between hypercorn and the application: one request in, one reply out, and failures of our own."""

import pytest
import trio

from simulator.bench.floods.frames import DATA, END_HEADERS, END_STREAM, frame
from simulator.fuzzing.http2_requests import block, fields
from simulator.net import HTTPReply, HTTPRequest, ServerFault
from simulator.net.limits import ServerLimits
from simulator.net.server.application import Application
from simulator.net.server.asgi import ASGIApp
from tests.net.frames import Conversation
from tests.net.loopback import Echo, Loopback, receive_all

HOST = b"Host: ds.a.example\r\n"


@pytest.mark.parametrize("http2", [False, True])
async def test_a_reply_that_cannot_be_sent_is_our_own_fault_and_is_reported(loopback: Loopback, http2: bool) -> None:
    """It ends the connection; the server goes on."""

    async def answer(request: HTTPRequest) -> HTTPReply:
        return HTTPReply(200, (("x", "\u20ac" if request.path == "/odd" else "y"),))

    await loopback.serve(answer)
    client = await loopback.client(http2=http2)
    with pytest.raises(Exception, match="lost the connection"):
        await client.request("GET", "https://ds.a.example/odd")
    [fault] = loopback.reports
    assert isinstance(fault, ServerFault)
    assert (fault.where, type(fault.error)) == ("connection", UnicodeEncodeError)
    assert (await client.request("GET", "https://ds.a.example/good")).status == 200


@pytest.mark.parametrize("lengths", [(), (3, 0, 1, 0)])
async def test_the_same_request_on_both_versions_is_the_same_to_the_handler(
    loopback: Loopback, echo: Echo, lengths: tuple[int, ...]
) -> None:
    """In pieces, some of them empty."""
    await loopback.serve(echo)
    pieces = [b"x" * length for length in lengths]
    chunks = b"".join(b"%d\r\n%b\r\n" % (len(piece), piece) for piece in pieces if piece) + b"0\r\n\r\n"
    stream = await loopback.connect()
    head = b"pOsT /%41?b?%20 HTTP/1.1\r\n" + HOST + b"X-Own: \xe4\r\nX-Own: b\r\n"
    await stream.send_all(head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks)
    assert (await receive_all(stream)).startswith(b"HTTP/1.1 200 ")
    conversation = await Conversation.open(loopback)
    named = [*fields(method="pOsT", path="/%41?b?%20"), ("x-own", b"\xe4"), ("x-own", "b")]
    data = b"".join(frame(DATA, 0, 1, piece) for piece in pieces) + frame(DATA, END_STREAM, 1)
    await conversation.send(frame(1, END_HEADERS, 1, block(*named)) + data)
    await conversation.listen(1)
    first, second = echo.requests
    for seen in (first, second):
        assert (seen.method, seen.authority, seen.path, seen.query) == ("pOsT", "ds.a.example", "/%41", "b?%20")
        assert [value for name, value in seen.headers if name == "x-own"] == ["\xe4", "b"]
        assert seen.body == b"".join(pieces)
    assert (first.peer.http_version, second.peer.http_version) == ("1.1", "2")
    assert first.peer.address[1] != second.peer.address[1]


async def test_a_body_may_be_larger_than_any_window(loopback: Loopback) -> None:
    """The peer may send as much again as the application has taken."""
    sizes: list[int] = []

    async def weigh(request: HTTPRequest) -> HTTPReply:
        sizes.append(len(request.body))
        return HTTPReply(200)

    await loopback.serve(weigh, body=20_000_000)
    client = await loopback.client(http2=True)
    with trio.fail_after(20):
        assert (await client.request("POST", "https://ds.a.example/x", bytes(10_000_000))).status == 200
    assert sizes == [10_000_000]


async def test_there_is_nothing_but_requests() -> None:
    """A lifespan is none, and nobody is asked for one."""

    async def never(_: object = None) -> None:
        raise AssertionError

    app = ASGIApp(Application("a.example", never, ServerLimits(), print))  # type: ignore[arg-type]
    await app({"type": "lifespan"}, never, never)  # type: ignore[typeddict-item, arg-type]
