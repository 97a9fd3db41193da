"""What is not as it should be."""

import pytest

from simulator.scenario.running.odds import Odd, raise_first
from simulator.scenario.step import Unmet


def test_the_first_is_raised() -> None:
    with pytest.raises(Unmet, match="expected one; two"):
        raise_first([Odd("bob", "one", "two"), Odd("bob", "three", "four")])


def test_nothing_odd_is_no_failure() -> None:
    raise_first([])
