"""MLS beside mls-rs, and the hub's part, in a small group."""

import pytest

from simulator.bench import Scale
from simulator.bench.rows.mls import OPERATIONS, taken_by_hub, timed

pytest.importorskip("mls_rs_uniffi")


async def test_an_operation_is_repeated_for_a_while() -> None:
    _, _, ours, theirs = OPERATIONS[0]
    for side in (timed(ours, 5), timed(theirs, 5), taken_by_hub(5)):
        async with side(Scale(1, 0.001)) as take:
            assert (await take()).value > 0
