"""What a server holds of bodies."""

import pytest

from simulator.fuzzing.findings import failure
from simulator.fuzzing.targets import open_target
from tests.fuzzing.sample import labels, sample


async def test_a_sample() -> None:
    assert "200" in " ".join(labels(await sample("bodies", None, 10)))


async def test_a_server_that_holds_too_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = {"alpn": "http/1.1", "peers": 1, "connections": 6, "bodies": 1, "size": 16_000, "piece": 16_000}
    shot = {**plan, "chunked": False, "end": "complete"}
    async with open_target("bodies", None) as target:
        assert await target.fire(shot) == "200 503"
    monkeypatch.setattr("simulator.net.server.body_memory.Share.take", lambda self, size: True)
    async with open_target("bodies", None) as target:
        assert "6 of 127.0.1.1" in str(await failure(target, shot))
