"""Rows over two axes."""

import pytest

from simulator.errors import SimulatorError
from simulator.sweep.page.grids import FAILURES, ONE, axes, figure, grids, measures
from tests.sweep.page.rows import COLUMNS, ROWS


def test_axes_are_what_has_several_values_and_numbers_come_first() -> None:
    found = axes(ROWS, COLUMNS)
    assert [(axis.name, axis.values, axis.is_numeric) for axis in found] == [
        ("providers", (3, 6, 12), True),
        ("draft", ("a", "b"), False),
    ]


def test_measures_are_what_is_not_the_same_everywhere() -> None:
    assert measures(ROWS, COLUMNS) == (FAILURES, "requests")
    assert measures(ROWS[:4], COLUMNS) == ("requests",)


def test_a_grid_and_its_figures() -> None:
    (grid,) = grids(ROWS, COLUMNS)
    assert (grid.across.name, grid.down.name, grid.title) == ("providers", "draft", "")
    found = grid.figures("requests")
    assert (found[3, "a"].mean, found[12, "b"].mean, found[3, "a"].runs) == (4.5, 121.5, 2)
    assert found[3, "a"].interval.low < 4.5 < found[3, "a"].interval.high
    assert grid.figures(FAILURES)[6, "b"].mean == 0.5
    assert grid.figures("bytes") == {}


def test_of_two_axes_of_words_the_longer_one_goes_down() -> None:
    rows = tuple({**ROWS[0], "scenario": scenario, "draft": draft} for scenario in "xyz" for draft in "ab")
    (grid,) = grids(rows, COLUMNS)
    assert (grid.across.name, grid.down.name) == ("draft", "scenario")
    (grid,) = grids(rows, COLUMNS, ["scenario", "draft"])
    assert (grid.across.name, grid.down.name) == ("scenario", "draft")
    (grid,) = grids(rows[::2], COLUMNS)
    assert (grid.across, grid.down.name) == (ONE, "scenario")


def test_one_for_each_value_of_other_axes() -> None:
    found = grids(ROWS, COLUMNS, ["providers"])
    assert [(grid.title, grid.down) for grid in found] == [("draft a", ONE), ("draft b", ONE)]
    (nothing,) = grids(ROWS[:1], COLUMNS)
    assert nothing.cells == {(None, None): (ROWS[0],)}


def test_an_axis_that_there_is_not() -> None:
    with pytest.raises(SimulatorError, match=r'no axis "provider" .*did you mean "providers"'):
        grids(ROWS, COLUMNS, ["provider"])


def test_no_runs_have_no_figure() -> None:
    assert figure((), FAILURES) is None
    assert figure((), "requests") is None
