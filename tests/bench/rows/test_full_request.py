"""A message to a follower, sent again in a federation of the same seed."""

import pytest

from simulator.bench import Scale
from simulator.bench.rows import full_request
from simulator.bench.rows.full_request import ROWS


async def test_each_request_is_taken_as_a_new_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_request, "MESSAGES", 2)
    async with ROWS[0].ours(Scale(1, 0.01)) as take:
        samples = [await take(), await take()]
    assert all(sample.value > 0 for sample in samples)
