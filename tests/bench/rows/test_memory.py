"""Memory of idle providers, looked at in another process."""

import pytest

from simulator.bench import Scale
from simulator.bench.rows import memory


async def test_more_than_a_page_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MANY", 4)
    async with memory.occupied("ours")(Scale(1, 0.01)) as take:
        assert (await take()).value > 4096
