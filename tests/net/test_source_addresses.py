"""Each provider dials from an address of its own."""

import pytest

from simulator.net.source_addresses import SourceAddresses, has_many

from .loopback import Echo, Loopback


@pytest.mark.skipif(not has_many(), reason="this system has one loopback address only")
def test_everybody_has_an_address_and_keeps_it() -> None:
    source_addresses = SourceAddresses()
    assert [source_addresses.of(name) for name in ("a.example", "b.example", "a.example")] == [
        "127.0.0.2",
        "127.0.0.3",
        "127.0.0.2",
    ]


def test_there_is_an_address_for_as_many_as_one_likes() -> None:
    source_addresses = SourceAddresses()
    for number in range(300):
        assert source_addresses.of(f"p{number}.example").startswith("127.")


async def test_the_server_sees_it(loopback: Loopback, echo: Echo) -> None:
    await loopback.serve(echo)
    await (await loopback.client()).request("GET", "https://ds.a.example/x")
    assert echo.requests[0].peer.address[0] == loopback.network.source_addresses.of("b.example")


def test_only_the_loopback_network_is_dialled_from_there() -> None:
    source_addresses = SourceAddresses()
    assert source_addresses.towards("127.0.0.1", "a.example") == source_addresses.of("a.example")
    assert source_addresses.towards("192.0.2.1", "a.example") is None
