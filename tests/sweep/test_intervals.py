"""How sure one can be."""

import pytest

from simulator.sweep.intervals import of_mean, of_rate


def test_wilson_as_in_the_tables() -> None:
    found = of_rate(1, 10)  # Newcombe 1998, table I and the formula 3 there
    assert (found.low, found.high) == (pytest.approx(0.0179, abs=1e-4), pytest.approx(0.4042, abs=1e-4))
    assert found.width == pytest.approx(found.high - found.low)
    nothing = of_rate(0, 20)
    assert (nothing.low, nothing.high) == (0, pytest.approx(0.1611, abs=1e-4))


def test_more_runs_narrow_it_and_more_confidence_widens_it() -> None:
    assert of_rate(5, 1000).width < of_rate(5, 100).width
    assert of_rate(5, 100, 0.99).width > of_rate(5, 100).width
    assert (of_rate(0, 0).low, of_rate(0, 0).high) == (0, 1)


def test_of_a_mean() -> None:
    found = of_mean([1.0, 2.0, 3.0])
    assert (found.low + found.high) / 2 == 2
    assert found.width == pytest.approx(2 * 1.96 / 3**0.5, abs=1e-3)
    assert of_mean([4.0]).width == 0
