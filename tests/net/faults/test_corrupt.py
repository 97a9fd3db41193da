"""Spoilt bytes are noticed, and sent again."""

import pytest

from simulator.net.faults import Corrupt
from tests.net.faults.running_group import RunningGroup, first
from tests.net.loopback import Echo, Loopback


@pytest.mark.parametrize(("offset", "spoilt"), [(0, b"B@A"), (2, b"A@B"), (-1, b"A@B"), (4, b"ACA")])
@pytest.mark.parametrize("part", ["request", "answer"])
async def test_one_byte_is_another(loopback: Loopback, echo: Echo, part: str, offset: int, spoilt: bytes) -> None:
    await loopback.serve(echo)
    client = await loopback.client()
    loopback.network.faults.inject(Corrupt(part=part, offset=offset, mask=3))  # type: ignore[arg-type]
    assert (await client.request("POST", "https://ds.a.example/x", b"A@A")).body == spoilt
    assert echo.requests[0].body == (spoilt if part == "request" else b"A@A")
    assert (await client.request("POST", "https://ds.a.example/x", b"")).body == b""


@pytest.mark.parametrize("part", ["request", "answer"])
async def test_a_delivery_is_repeated_until_it_is_sound(running_group: RunningGroup, part: str) -> None:
    running_group.session.inject(Corrupt(where=first(3), part=part))  # type: ignore[arg-type]
    await running_group.say(b"0", b"1")
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
    assert running_group.session.client("bob").events[-2:] == list(running_group.session.client("bob").inbox)
    assert [e.status for e in running_group.deliveries] == ([401] * 3 if part == "request" else [200] * 3) + [200, 200]
