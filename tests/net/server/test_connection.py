"""What a peer can do to a connection stays on that connection."""

from ssl import PROTOCOL_TLS_CLIENT, SSLContext

import h2.connection
import h2.events
import h2.settings
import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.net import HTTPReply, HTTPRequest
from simulator.trace import TLSFailure
from tests.net.loopback import Echo, Loopback, Stream, receive_all

URL = "https://ds.a.example/x"
GET = b"GET / HTTP/1.1\r\nHost: ds.a.example\r\n\r\n"


async def _still_serves(loopback: Loopback) -> None:
    client = await loopback.client()
    assert (await client.request("GET", URL)).status == 200


async def test_a_plaintext_client_is_refused(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.dial()
    await stream.send_all(GET)
    with trio.fail_after(5):
        answer = await stream.receive_some()
    assert answer is not None
    assert not answer.startswith(b"HTTP")
    await loopback.reported.wait()
    [failure] = loopback.reports
    assert isinstance(failure, TLSFailure)
    assert (failure.server, failure.reason) == ("a.example", "http request")
    assert echo.requests == []
    await _still_serves(loopback)


async def test_a_peer_that_leaves_before_the_handshake_is_reported(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    await (await loopback.dial()).aclose()
    await loopback.reported.wait()
    assert loopback.refusals == ["the peer closed the connection during the TLS handshake"]
    await _still_serves(loopback)


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: ds"])
async def test_a_head_that_does_not_come_is_cut_off(
    loopback: Loopback, echo: Echo, mock_clock: MockClock, sent: bytes
) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    if sent:
        await stream.send_all(sent)
    await wait_all_tasks_blocked()
    mock_clock.jump(11)
    assert await receive_all(stream) == b""
    await _still_serves(loopback)


async def test_a_second_head_that_came_half_with_the_first_is_cut_off(
    loopback: Loopback, echo: Echo, mock_clock: MockClock
) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(GET + b"GET / HT")
    await wait_all_tasks_blocked()
    mock_clock.jump(11)
    assert (await receive_all(stream)).startswith(b"HTTP/1.1 200 ")
    assert len(echo.requests) == 1


async def test_a_later_head_has_its_own_time(loopback: Loopback, echo: Echo, mock_clock: MockClock) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(GET)
    await stream.receive_some()
    mock_clock.jump(1000)
    await stream.send_all(GET[:10])
    await wait_all_tasks_blocked()
    mock_clock.jump(9)
    await stream.send_all(GET[10:])
    assert (await stream.receive_some()).startswith(b"HTTP/1.1 200 ")
    await stream.send_all(GET[:10])
    await wait_all_tasks_blocked()
    mock_clock.jump(9)
    await stream.send_all(GET[10:20])
    await wait_all_tasks_blocked()
    mock_clock.jump(2)
    assert await receive_all(stream) == b""


@pytest.mark.parametrize("http2", [False, True])
async def test_an_idle_connection_is_kept_for_an_hour(
    loopback: Loopback, echo: Echo, mock_clock: MockClock, http2: bool
) -> None:
    server = await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    for pause, handshakes in ((0, 1), (3599, 1), (3599, 1), (3601, 2)):
        await wait_all_tasks_blocked()  # the answer is here before the server calls the connection idle
        mock_clock.jump(pause)
        await wait_all_tasks_blocked()
        await client.request("GET", URL)
        assert server.handshakes == handshakes


@pytest.mark.parametrize(("seconds", "status"), [(119, 200), (121, 503)])
async def test_a_handler_may_take_its_time_but_not_for_ever(
    loopback: Loopback, mock_clock: MockClock, seconds: int, status: int
) -> None:
    async def take_time(_: HTTPRequest) -> HTTPReply:
        mock_clock.jump(seconds)
        await wait_all_tasks_blocked()
        return HTTPReply(200)

    await loopback.serve(take_time)
    client = await loopback.client(seconds=1_000_000)
    assert (await client.request("POST", URL, b"body")).status == status
    assert loopback.reports == []


async def test_a_peer_that_does_not_read_is_cut_off(loopback: Loopback, mock_clock: MockClock) -> None:
    async def flood(_: HTTPRequest) -> HTTPReply:
        return HTTPReply(200, (), bytes(32 * 1024 * 1024))

    server = await loopback.serve(flood)
    stream = await loopback.connect()
    await stream.send_all(GET)
    await stream.transport_stream.receive_some(1)
    await wait_all_tasks_blocked()
    mock_clock.jump(31)
    await server.stop(grace=60)
    assert trio.current_time() == 31
    assert loopback.reports == []


async def test_garbage_gets_a_400(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect()
    await stream.send_all(b"no such thing\r\n\r\n")
    with trio.fail_after(5):
        assert (await receive_all(stream)).startswith(b"HTTP/1.1 400 ")
    assert (echo.requests, loopback.reports) == ([], [])


async def test_garbage_on_http2_ends_the_connection(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect(loopback.authority.client_context(http2=True))
    await stream.send_all(GET)
    with trio.fail_after(5):
        await receive_all(stream)
    assert (echo.requests, loopback.reports) == ([], [])
    await _still_serves(loopback)


async def test_an_abrupt_close_in_the_middle_of_a_reply_is_nobodys_fault(loopback: Loopback) -> None:
    reading = trio.Event()

    async def answer(_: HTTPRequest) -> HTTPReply:
        reading.set()
        return HTTPReply(200, (), bytes(32 * 1024 * 1024))

    server = await loopback.serve(answer)
    stream = await loopback.connect()
    await stream.send_all(GET)
    await reading.wait()
    await trio.aclose_forcefully(stream)
    with trio.fail_after(5):
        await server.stop(grace=60)
    assert loopback.reports == []


def _offering(loopback: Loopback, *protocols: str) -> SSLContext:
    context = loopback.authority.careless_client_context()
    if protocols:
        context.set_alpn_protocols(protocols)
    return context


@pytest.mark.parametrize("protocols", [("http/1.1",), (), ("http/1.1", "x")])
async def test_http2_is_spoken_only_where_tls_has_agreed_on_it(
    loopback: Loopback, echo: Echo, protocols: tuple[str, ...]
) -> None:
    """HTTP/2 with prior knowledge, and where there is no ALPN: its preface is a request of another HTTP version."""
    await loopback.serve(echo)
    context = SSLContext(PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=loopback.authority.certificate_pem.decode())
    stream = await loopback.connect(_offering(loopback, *protocols) if protocols else context)
    http = h2.connection.H2Connection()
    http.initiate_connection()
    http.send_headers(1, HEAD, end_stream=True)
    await stream.send_all(http.data_to_send())
    with trio.fail_after(5):
        answer = await receive_all(stream)
    assert answer.startswith((b"HTTP/1.1 505 ", b"HTTP/1.1 400 "))
    assert (echo.requests, loopback.reports) == ([], [])


async def test_http1_is_not_spoken_where_tls_has_agreed_on_http2(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    stream = await loopback.connect(_offering(loopback, "http/1.1", "h2"))
    assert stream.selected_alpn_protocol() == "h2"
    await stream.send_all(GET)
    with trio.fail_after(5):
        assert b"HTTP/1.1" not in await receive_all(stream)
    assert (echo.requests, loopback.reports) == ([], [])


@pytest.mark.parametrize("http2", [False, True])
async def test_the_server_says_goodbye_in_tls(loopback: Loopback, echo: Echo, http2: bool) -> None:
    """Whoever it is that closes: an end without close_notify raises here."""
    server = await loopback.serve(echo)
    context = loopback.authority.client_context(http2=http2)
    idle, refused = [await loopback.connect(context, strict=True) for _ in range(2)]
    await refused.send_all(b"no such thing\r\n\r\n")
    await receive_all(refused)
    if not http2:
        last = await loopback.connect(context, strict=True)
        await last.send_all(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert (await receive_all(last)).startswith(b"HTTP/1.1 200 ")
    await server.stop()
    await receive_all(idle)


async def test_a_crash_says_no_goodbye(loopback: Loopback, echo: Echo) -> None:
    server = await loopback.serve(echo)
    stream = await loopback.connect(strict=True)
    await server.crash()
    with pytest.raises(trio.BrokenResourceError):
        await receive_all(stream)


async def test_what_a_peer_still_sends_does_not_take_the_last_words_from_it(loopback: Loopback, echo: Echo) -> None:
    """A server that closes with bytes of its unread resets the connection, and the peer loses what was on its way."""
    await loopback.serve(echo)
    stream = await loopback.connect(strict=True)
    await stream.send_all(b"no such thing\r\n\r\n" + bytes(3_000_000))
    with trio.fail_after(5):
        assert (await receive_all(stream)).startswith(b"HTTP/1.1 400 ")


async def _ask_with_a_shut_window(loopback: Loopback) -> Stream:
    """Ask over HTTP/2 for an answer that one does not let in; it has begun when this returns."""
    stream = await loopback.connect(loopback.authority.client_context(http2=True))
    http = h2.connection.H2Connection()
    http.initiate_connection()
    http.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: 0})
    head = [(":method", "POST"), (":scheme", "https"), (":path", "/"), (":authority", "ds.a.example")]
    http.send_headers(1, head)
    http.send_data(1, b"echo", end_stream=True)
    await stream.send_all(http.data_to_send())
    with trio.fail_after(5):
        await _until(http, stream, h2.events.ResponseReceived)
    return stream


async def test_a_reply_is_dropped_when_its_peer_is_gone(loopback: Loopback, echo: Echo) -> None:
    """Its window will never be opened: waiting for that, the connection would never end."""
    await loopback.serve(echo)
    stream = await _ask_with_a_shut_window(loopback)
    socket = stream.transport_stream
    await socket.send_eof()
    with trio.fail_after(5):
        while await socket.receive_some():
            pass
    await _still_serves(loopback)
    assert loopback.reports == []


async def test_a_peer_that_never_opens_its_window_is_cut_off(
    loopback: Loopback, echo: Echo, mock_clock: MockClock
) -> None:
    await loopback.serve(echo)
    stream = await _ask_with_a_shut_window(loopback)
    await wait_all_tasks_blocked()
    mock_clock.jump(31)
    await receive_all(stream)
    await _still_serves(loopback)


async def _until(http: h2.connection.H2Connection, stream: Stream, kind: type[h2.events.Event]) -> None:
    """Read until an event of `kind` comes."""
    while not any(isinstance(event, kind) for event in http.receive_data(bytes(await stream.receive_some()))):
        pass


async def test_resetting_every_stream_at_once_does_not_pay(loopback: Loopback) -> None:
    """HTTP/2 rapid reset: the peer's streams are closed, so its own limit of them is never reached."""
    served = 0

    async def hang(_: HTTPRequest) -> HTTPReply:
        nonlocal served
        served += 1
        await trio.sleep_forever()
        raise AssertionError

    await loopback.serve(hang, requests_per_connection=5)
    stream = await loopback.connect(loopback.authority.client_context(http2=True))
    http = h2.connection.H2Connection()
    http.initiate_connection()
    for number in range(40):
        http.send_headers(2 * number + 1, HEAD, end_stream=True)
        http.reset_stream(2 * number + 1)
    await stream.send_all(http.data_to_send())
    with trio.fail_after(5):
        await receive_all(stream)
    assert served <= 5
    assert loopback.reports == []


HEAD = [(":method", "GET"), (":scheme", "https"), (":authority", "ds.a.example"), (":path", "/x")]
