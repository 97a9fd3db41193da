"""A few seeds of what `make randomised` runs many of."""

import pytest
import trio

from simulator.drafts.registry import find
from tests.randomised.report import report
from tests.randomised.scenario_files import PAYING_EVERY
from tests.randomised.seeded_run import play

OPERATIONS = 50


@pytest.mark.parametrize("seed", range(1, 5))
def test_whatever_happens_nothing_is_lost_and_all_agree(seed: int) -> None:
    played = trio.run(play, seed, OPERATIONS)
    assert played.failure is None, report(seed, played, budget=60)
    assert played.counts["messages accepted"] > 0
    assert played.counts["faults injected"] > 0
    assert (played.counts["tokens redeemed"] > 0) == (seed % PAYING_EVERY == 0)


def test_in_mimi_protocol_06() -> None:
    seed = 1
    draft = find("mimi-protocol-06")
    played = trio.run(play, seed, OPERATIONS, draft)
    assert played.failure is None, report(seed, played, budget=60)
    assert played.counts["messages accepted"] > 0
    assert played.counts["faults injected"] > 0


def test_a_seed_says_all() -> None:
    """The same steps again, and the same comes of them."""
    first, second = trio.run(play, 3, 40), trio.run(play, 3, 40)
    assert first.items == second.items
    assert first.operations == second.operations
    assert first.counts == second.counts
