"""Who can't be taken in waits, is taken in later, and nothing is written anywhere meanwhile."""

import pytest
import trio

from simulator.machine import MachineFailure
from simulator.net import ServerFault
from simulator.net.server.accepting import accept_all
from tests.limited import no_further_files
from tests.net.loopback import Echo, Loopback


async def test_a_lack_is_told_once_and_nobody_is_lost(nursery: trio.Nursery, caplog: pytest.LogCaptureFixture) -> None:
    told: list[MachineFailure] = []
    heard = trio.Event()

    def report(failure: MachineFailure) -> None:
        told.append(failure)
        heard.set()

    async def greet(stream: trio.SocketStream) -> None:
        await stream.send_all(b"hello")

    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    nursery.start_soon(accept_all, listener, greet, nursery, report)
    for round_ in (1, 2):
        client = trio.socket.socket()
        with no_further_files(), trio.fail_after(5):
            await client.connect(listener.socket.getsockname())
            await heard.wait()
            await trio.sleep(0.25)  # two further tries
        with trio.fail_after(5):
            assert await client.recv(10) == b"hello"
            assert await client.recv(10) == b"", "the stream is closed when it has been served"
        client.close()
        assert len(told) == round_
        heard = trio.Event()
    assert "too many open files" in str(told[0])
    assert not caplog.records


async def test_a_server_reports_it_in_its_name(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    address = loopback.network.lookup("ds.a.example")
    assert address is not None
    client = trio.socket.socket()
    with no_further_files(), trio.fail_after(5):
        await client.connect((address.host, address.port))
        await loopback.reported.wait()
    client.close()
    [fault] = loopback.reports
    assert isinstance(fault, ServerFault)
    assert fault.where == "accept"
    assert str(fault.error).startswith("a.example can't take a connection in: too many open files")
    assert (await (await loopback.client()).request("GET", "https://ds.a.example/x")).status == 200
