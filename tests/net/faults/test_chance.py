"""Chance that follows from what it is about."""

import pytest

from simulator.net.faults.chance import share


def test_the_same_for_the_same_and_another_for_another() -> None:
    assert share("a", 1) == share("a", 1)
    assert len({share("a", 1), share("a", 2), share("b", 1), share("a", 1, of=b"seed")}) == 4


def test_evenly_from_0_to_1() -> None:
    drawn = [share("evenly", number) for number in range(2000)]
    assert 0 <= min(drawn) < 0.01
    assert 0.99 < max(drawn) < 1
    assert sum(drawn) / len(drawn) == pytest.approx(0.5, abs=0.03)
