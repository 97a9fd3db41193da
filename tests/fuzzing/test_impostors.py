"""The client side of a provider."""

import pytest

from simulator.fuzzing.batch import Tally, one
from simulator.fuzzing.targets import open_target
from tests.fuzzing.sample import SEED, kind, labels, sample


@pytest.mark.parametrize(("place", "alpn"), [(0, "http/1.1"), (1, "h2")])
async def test_a_sample(place: int, alpn: str) -> None:
    """One for each HTTP version."""
    tally = await sample("impostors", str(kind("mimi-transport-00", place)), 12)
    assert {place for place, _ in tally.outcomes} == {alpn}
    assert {"BadResponse", "ConnectionLost"} & labels(tally)


async def test_what_a_client_does_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.fuzzing.impostors.MOST_CONNECTIONS", 0)
    here, tally = str(kind("mimi-protocol-06")), Tally()
    async with open_target("impostors", here) as target:
        await one(target, here, 1, SEED, tally)
    assert "connections for 3 requests" in tally.findings[0].error
