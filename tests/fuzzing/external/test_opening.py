"""Whether the server is there, and speaks the draft, is seen before anything is altered."""

from pathlib import Path

import pytest

from simulator.drafts import registry
from simulator.fuzzing.external.opening import open_around
from simulator.fuzzing.external.server import Gone, server_in
from tests.fuzzing.external.served import external


async def test_it_is_the_real_time_and_nothing_is_recorded_any_more(tmp_path: Path) -> None:
    async with external(tmp_path) as served, open_around(server_in(served.over)) as (environment, _):
        before = len(environment.session.recorder.exchanges)
        seed = environment.seeds[0]
        await environment.send(seed.shot(b""))
        assert len(environment.session.recorder.exchanges) == before > 0
        assert abs(environment.session.now - served.session.now) < 600


async def test_nobody_listens(tmp_path: Path) -> None:
    async with external(tmp_path) as served:
        server = server_in(served.over)
    with pytest.raises(Gone, match=r"nobody listens at 127\.0\.0\.1:\d+ \(c\.example\)"):
        async with open_around(server):
            pass


async def test_it_speaks_another_draft(tmp_path: Path) -> None:
    async with external(tmp_path) as served:
        served.over.write_text(served.over.read_text().replace("draft: mimi-transport-00\n", ""))
        server = server_in(served.over, registry.named("mimi-protocol-06"))
        with pytest.raises(Gone, match=r"c\.example at 127\.0\.0\.1:\d+ does not speak mimi-protocol-06: "):
            async with open_around(server):
                pass


async def test_it_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.fuzzing.external.scene.PATIENCE", 0.5)
    async with external(tmp_path) as served:
        served.relay.mode = "silent"
        with pytest.raises(Gone, match=r"has not told a\.example in 0\.5 s where it serves"):
            async with open_around(server_in(served.over)):
                pass
