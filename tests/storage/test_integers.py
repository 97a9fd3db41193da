"""Every uint64 can be kept."""

import pytest

from simulator.storage.integers import LARGEST, moment, signed, unsigned


@pytest.mark.parametrize("number", [0, 1, LARGEST, LARGEST + 1, 2**64 - 1])
def test_each_number_is_kept_as_itself(number: int) -> None:
    assert -LARGEST - 1 <= signed(number) <= LARGEST
    assert unsigned(signed(number)) == number


def test_small_numbers_and_times_stay_as_they_are() -> None:
    assert (signed(7), moment(7), moment(-7)) == (7, 7, -7)
    assert moment(LARGEST) == moment(2**64 - 1) == LARGEST
