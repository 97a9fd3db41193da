"""A connection or why there is none: the peer's doing in words, this machine's as a MachineFailure."""

import pytest
import trio

from simulator.machine import MachineFailure, machine_failure
from simulator.net import Address, listening_socket, probe_half, probe_plain, probe_tls
from simulator.net.client.dialing import dial, why_not
from tests.limited import no_further_files
from tests.net.loopback import Echo, Loopback

URL = "https://ds.a.example/x"


async def test_a_connection_comes_from_where_it_is_told_to() -> None:
    with listening_socket() as there:
        for source in (None, "127.0.0.1"):
            stream = await dial(Address(*there.getsockname()), source)
            assert stream.socket.getpeername() == there.getsockname()
            await stream.aclose()


async def test_nobody_listens_is_the_peers_doing() -> None:
    there = listening_socket()
    address = Address(*there.getsockname())
    there.close()
    for source in (None, "127.0.0.1"):
        with pytest.raises(OSError, match=r"refused|failed") as refused:
            await dial(address, source)
        assert why_not(refused.value) == "nobody listens there"
        assert why_not(refused.value, "at a.example") == "nobody listens at a.example"


def test_words_for_what_else_peers_do() -> None:
    assert why_not(TimeoutError(110, "Connection timed out")) == "no machine answers there"
    assert why_not(OSError(113, "No route to host")) == "no route to host"
    assert why_not(ConnectionRefusedError()) == "nobody listens there"


async def test_an_address_that_this_machine_does_not_have() -> None:
    with listening_socket() as there, pytest.raises(OSError, match="assign") as refused:
        await dial(Address(*there.getsockname()), "192.0.2.7")
    with pytest.raises(MachineFailure, match="port"):
        why_not(refused.value)


@pytest.mark.parametrize("http2", [False, True])
async def test_a_client_without_descriptors_says_nothing_about_its_peer(
    loopback: Loopback, echo: Echo, http2: bool
) -> None:
    await loopback.serve(echo)
    client = await loopback.client(http2=http2)
    with no_further_files() as limit, pytest.raises(MachineFailure) as failed:
        await client.request("GET", URL)
    assert str(failed.value).startswith(f"b.example can't ask {URL}: too many open files")
    assert f"may have {limit} " in str(failed.value)
    assert loopback.recorder.exchanges[-1].error == str(failed.value)
    assert (await client.request("GET", URL)).status == 200


async def test_probes_do_not_either(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    context = loopback.authority.client_context()
    with no_further_files():
        for probe in (
            lambda: probe_tls(loopback.network, "ds.a.example", context),
            lambda: probe_plain(loopback.network, "ds.a.example"),
            lambda: probe_half(loopback.network, "ds.a.example", 2, 1),
        ):
            with pytest.raises((MachineFailure, ExceptionGroup)) as failed:
                await probe()
            assert "too many open files" in str(machine_failure(failed.value))


async def test_a_network_that_this_machine_may_not_use(loopback: Loopback) -> None:
    loopback.network.bind("ds.a.example", Address("255.255.255.255", 9))
    with trio.fail_after(10), pytest.raises(MachineFailure):
        await (await loopback.client()).request("GET", URL)
