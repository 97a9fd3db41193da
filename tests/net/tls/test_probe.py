"""The probe tells what a server accepts, as a value."""

import pytest
import trio

from simulator.net import (
    Address,
    Authority,
    TLSAccepted,
    TLSRefusal,
    listening_socket,
    probe_half,
    probe_plain,
    probe_tls,
    why_unreachable,
)
from tests.net.loopback import Echo, Loopback, Stream


@pytest.mark.parametrize("http2", [False, True])
async def test_a_good_client_is_accepted(loopback: Loopback, echo: Echo, http2: bool) -> None:
    identity = loopback.authority.identity("a.example", "ds.a.example")
    await loopback.serve(echo, identity=identity)
    outcome = await probe_tls(loopback.network, "ds.a.example", loopback.authority.client_context(http2=http2))
    assert isinstance(outcome, TLSAccepted)
    assert (outcome.version, outcome.certificate) == ("TLSv1.3", identity.certificate)
    assert outcome.cipher.startswith("TLS_")
    assert echo.requests == []


async def test_a_tls_1_2_client_is_refused(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    outcome = await probe_tls(loopback.network, "ds.a.example", loopback.authority.weak_client_context())
    assert outcome == TLSRefusal("the peer's alert: protocol version")
    assert loopback.refusals == ["unsupported protocol"]


async def test_a_server_of_a_foreign_authority_is_refused(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    outcome = await probe_tls(loopback.network, "ds.a.example", Authority().client_context())
    assert outcome == TLSRefusal("certificate refused: unable to get local issuer certificate")


@pytest.mark.parametrize("http2", [False, True])
async def test_a_missing_client_certificate_shows_up_late_but_does(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo, mutual_tls=True)
    outcome = await probe_tls(loopback.network, "ds.a.example", loopback.authority.client_context(http2=http2))
    assert outcome == TLSRefusal("the peer's alert: certificate required")


async def test_a_server_that_hangs_up_refuses(loopback: Loopback) -> None:
    async def leave(stream: Stream) -> None:
        await stream.receive_some()

    await loopback.impostor(leave)
    outcome = await probe_tls(loopback.network, "ds.a.example", loopback.authority.client_context())
    assert outcome == TLSRefusal("the server closed the connection after the TLS handshake")


async def test_no_connection_is_an_outcome_too(loopback: Loopback) -> None:
    context = loopback.authority.client_context()
    assert await probe_tls(loopback.network, "a.example", context) == TLSRefusal("no host has the name a.example")
    free = listening_socket()
    loopback.network.bind("a.example", Address(*free.getsockname()))
    free.close()
    assert await probe_tls(loopback.network, "a.example", context) == TLSRefusal("nobody listens at a.example")
    loopback.network.unbind("a.example")
    assert await probe_tls(loopback.network, "a.example", context) == TLSRefusal("a.example is down")


async def test_a_server_that_does_not_speak_tls_refuses(loopback: Loopback, nursery: trio.Nursery) -> None:
    async def speak_plainly(stream: trio.SocketStream) -> None:
        await stream.receive_some()
        await stream.send_all(b"HTTP/1.1 200 OK\r\n\r\n")

    listeners = await nursery.start(trio.serve_tcp, speak_plainly, 0)
    port = listeners[0].socket.getsockname()[1]
    loopback.network.bind("a.example", Address("127.0.0.1", port))
    outcome = await probe_tls(loopback.network, "a.example", loopback.authority.client_context())
    assert outcome == TLSRefusal("wrong version number")


@pytest.mark.parametrize("server_name", ["", "ds.nowhere.example"])
async def test_whom_the_hello_names_does_not_matter(loopback: Loopback, echo: Echo, server_name: str) -> None:
    await loopback.serve(echo)
    context = loopback.authority.careless_client_context()
    assert isinstance(await probe_tls(loopback.network, "ds.a.example", context, server_name), TLSAccepted)


async def test_a_protocol_that_the_server_does_not_speak_is_refused_with_an_alert(
    loopback: Loopback, echo: Echo
) -> None:
    await loopback.serve(echo)
    outcome = await probe_tls(loopback.network, "ds.a.example", loopback.authority.careless_client_context("gopher"))
    assert outcome == TLSRefusal("the peer's alert: no application protocol")
    assert loopback.refusals == ["no application protocol in common: the client offers gopher"]


async def test_http_without_tls_gets_nothing(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    assert await probe_plain(loopback.network, "ds.a.example") == TLSRefusal("the server speaks nothing but TLS")
    assert len(loopback.refusals) == 1
    assert isinstance(await probe_plain(loopback.network, "nowhere.example"), TLSRefusal)
    assert echo.requests == []


async def test_half_a_handshake_is_refused_by_a_server_that_hangs_up(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo, handshake_seconds=0.05)
    assert await probe_half(loopback.network, "ds.a.example", 3, 60) == TLSRefusal(
        "the server did not wait for the other half"
    )
    assert loopback.refusals == 3 * ["the TLS handshake took more than 0.05 s"]


async def test_half_a_handshake_with_a_server_that_waits(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    assert await probe_half(loopback.network, "ds.a.example", 1, 0.05) == TLSAccepted("half", "none", None)
    assert await probe_half(loopback.network, "zzz", 1, 60) == TLSRefusal("no host has the name zzz")


async def test_somebody_listens(loopback: Loopback, echo: Echo) -> None:
    server = await loopback.serve(echo)
    assert await why_unreachable("a.example", server.addresses[0]) is None


async def test_nobody_listens_there() -> None:
    free = listening_socket()
    port = free.getsockname()[1]
    free.close()
    why = await why_unreachable("a.example", Address("127.0.0.1", port))
    assert why == f"nobody listens at 127.0.0.1:{port} (a.example)"
    why = await why_unreachable("a.example", Address("x.invalid", port))
    assert str(why).startswith(f"nobody can be asked at x.invalid:{port} (a.example): its name can't be looked up: ")
