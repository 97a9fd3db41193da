"""Each side learns why the other refused."""

import ssl
from functools import partial

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from simulator.net import Authority
from simulator.net.tls.tls import HandshakeError, TLSStream, handshake, reason
from tests.net.loopback import Echo, Loopback


async def _both(server: ssl.SSLContext, client: ssl.SSLContext, nursery: trio.Nursery) -> dict[str, object]:
    """The outcome of one handshake on each side."""
    outcome: dict[str, object] = {}

    async def side(name: str, stream: TLSStream) -> None:
        try:
            outcome[name] = await handshake(stream, 5)
            await stream.receive_some(1)
        except HandshakeError as error:
            outcome[name] = str(error)
        except trio.BrokenResourceError as error:
            outcome[name] = reason(error)
        await trio.aclose_forcefully(stream)

    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener, trio.open_nursery() as sides:
        near = await trio.open_tcp_stream(*listener.socket.getsockname())
        far = await listener.accept()
        secured = partial(trio.SSLStream, https_compatible=True)
        sides.start_soon(side, "server", secured(far, server, server_side=True))
        sides.start_soon(side, "client", secured(near, client, server_hostname="ds.a.example"))
    return outcome


async def test_tls_1_2_is_refused_with_an_alert(nursery: trio.Nursery) -> None:
    authority = Authority()
    server = authority.server_context(authority.identity("ds.a.example"))
    assert await _both(server, authority.weak_client_context(), nursery) == {
        "server": "unsupported protocol",
        "client": "the peer's alert: protocol version",
    }


async def test_a_refused_certificate_is_explained_to_both_sides(nursery: trio.Nursery) -> None:
    authority = Authority()
    server = authority.server_context(authority.foreign("ds.a.example"))
    assert await _both(server, authority.client_context(), nursery) == {
        "server": "the peer's alert: unknown ca",
        "client": "certificate refused: unable to get local issuer certificate",
    }


async def test_a_missing_client_certificate_is_explained_to_both_sides(nursery: trio.Nursery) -> None:
    authority = Authority()
    server = authority.server_context(authority.identity("ds.a.example"), mutual_tls=True)
    outcome = await _both(server, authority.client_context(), nursery)
    assert outcome["server"] == "peer did not return a certificate"


async def test_a_peer_that_says_nothing_runs_out_of_time(loopback: Loopback, echo: Echo, mock_clock: MockClock) -> None:
    await loopback.serve(echo)
    stream = await loopback.dial()
    await wait_all_tasks_blocked()
    mock_clock.jump(11)
    assert await stream.receive_some() == b""
    assert loopback.refusals == ["the TLS handshake took more than 10 s"]


def test_an_end_of_file_is_no_reason() -> None:
    assert reason(ssl.SSLEOFError(8, "EOF occurred in violation of protocol")) is None
    assert reason(OSError("gone")) is None


@pytest.mark.parametrize(
    ("openssl", "words"),
    [
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "the peer's alert: certificate required"),
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", "the peer's alert: handshake failure"),
        ("NO_SHARED_CIPHER", "no shared cipher"),
    ],
)
def test_openssl_is_put_in_words(openssl: str, words: str) -> None:
    inner = ssl.SSLError(1, "…")
    inner.reason = openssl
    outer = trio.BrokenResourceError()
    outer.__cause__ = inner
    assert reason(outer) == words


def test_a_reason_is_looked_for_also_where_the_chain_of_causes_is_a_circle() -> None:
    """It is one where an error that was kept is raised again where another one was handled."""
    first, second = OSError("first"), OSError("second")
    first.__cause__, second.__context__ = second, first
    assert reason(first) is None
