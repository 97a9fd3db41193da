"""One group of all, small."""

import pytest

from simulator.bench import Scale, measure
from simulator.bench.rows import large_groups


async def test_all_connect_join_and_get_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_groups, "USERS", 1)
    figure = await measure(large_groups.ROWS[0], Scale(1, 0.01))
    assert figure.missing == ""
    assert figure.ours is not None
