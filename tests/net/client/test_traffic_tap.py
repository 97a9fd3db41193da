"""What goes over a connection is recorded for those who want it, with the secrets to read it, and for nobody else."""

import os
import ssl
from collections import Counter

import pytest
import trio

from simulator.net import HTTPClient, Unreachable
from simulator.trace import Connected, Disconnected, Recorder, Segment, TLSSecret
from tests.net.loopback import Echo, Loopback

URL = "https://ds.a.example/group_operation"


def of(recorder: Recorder, kind: type) -> list:  # type: ignore[type-arg]
    return [event for event in recorder.events if isinstance(event, kind)]


async def asked(loopback: Loopback, recorder: Recorder, http2: bool = False, times: int = 2) -> None:
    context = loopback.authority.client_context(http2=http2)
    async with HTTPClient("b.example", loopback.network, context, recorder, http2=http2) as client:
        for _ in range(times):
            await client.request("POST", URL, b"hello")


@pytest.mark.parametrize("http2", [False, True])
async def test_both_directions_of_a_connection_are_recorded(loopback: Loopback, echo: Echo, http2: bool) -> None:
    await loopback.serve(echo)
    recorder = Recorder(wire=True)
    await asked(loopback, recorder, http2)
    [connected], [disconnected] = of(recorder, Connected), of(recorder, Disconnected)
    segments = of(recorder, Segment)
    assert {segment.connection for segment in segments} == {1, connected.connection, disconnected.connection}
    assert {(segment.client, segment.server) for segment in segments} == {(connected.client, connected.server)}
    assert connected.http_version == ("2" if http2 else "1.1")
    for outward in (True, False):
        first = next(segment for segment in segments if segment.outward is outward)
        assert first.data[:2] == b"\x16\x03", "a TLS handshake record"
    assert [exchange.connection for exchange in recorder.exchanges] == [1, 1]
    assert all(0 <= e.opened <= e.answered <= e.seconds for e in recorder.exchanges)  # type: ignore[operator]


async def test_the_secrets_are_of_the_connection_that_they_are_said_to_be_of(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    recorder, other = Recorder(wire=True), Recorder(wire=True)
    await asked(loopback, recorder)
    await asked(loopback, other)
    await asked(loopback, recorder)
    for each, connections in ((recorder, (1, 2)), (other, (1,))):
        hellos = {s.connection: s.data[11:43].hex() for s in reversed(of(each, Segment)) if s.outward}
        for number in connections:
            lines = [secret.line.split() for secret in of(each, TLSSecret) if secret.connection == number]
            assert {"CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0"} <= {label for label, _, _ in lines}
            assert {random for _, random, _ in lines} == {hellos[number]}


async def test_nobody_gets_what_nobody_wants(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    recorder = Recorder()
    await asked(loopback, recorder)
    assert (of(recorder, Segment), of(recorder, TLSSecret)) == ([], [])
    assert len(of(recorder, Connected)) == 1


async def test_a_connection_that_failed_is_closed_too(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo, identity=loopback.authority.expired("a.example", "ds.a.example"))
    recorder = Recorder(wire=True)
    with pytest.raises(Exception, match="certificate"):
        await asked(loopback, recorder)
    assert (len(of(recorder, Connected)), len(of(recorder, Disconnected))) == (0, 1)
    assert of(recorder, Segment)


async def test_where_nobody_listens_there_is_no_connection(loopback: Loopback) -> None:
    recorder = Recorder(wire=True)
    with pytest.raises(Unreachable):
        await asked(loopback, recorder)
    assert not of(recorder, Disconnected)


async def test_the_key_log_has_no_name_on_disk(loopback: Loopback) -> None:
    context: ssl.SSLContext = loopback.authority.client_context()
    HTTPClient("b.example", loopback.network, context, Recorder(wire=True))
    assert context.keylog_filename
    assert not os.path.exists(context.keylog_filename)


async def test_connections_that_are_opened_side_by_side_have_all_their_secrets(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    recorder = Recorder(wire=True)
    context = loopback.authority.client_context()
    async with (
        HTTPClient("b.example", loopback.network, context, recorder) as client,
        trio.open_nursery() as nursery,
    ):
        for _ in range(5):
            nursery.start_soon(client.request, "POST", URL, b"hello")
    secrets = Counter(event.connection for event in of(recorder, TLSSecret))
    assert set(secrets) == {event.connection for event in of(recorder, Connected)} == {1, 2, 3, 4, 5}
    assert len(set(secrets.values())) == 1, secrets
