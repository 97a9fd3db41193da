"""Measures over an axis, as pictures."""

from simulator.sweep.page.curves import curve
from simulator.sweep.page.grids import FAILURES, grids
from tests.sweep.page.rows import COLUMNS, ROWS


def test_a_line_with_a_band_for_each_combination() -> None:
    drawn = curve(grids(ROWS, COLUMNS), "requests")
    assert drawn.startswith("<svg")
    assert "draft a" in drawn
    assert "draft b" in drawn
    assert "rate of failures" in curve(grids(ROWS, COLUMNS), FAILURES)


def test_nothing_where_no_line_can_be_drawn() -> None:
    assert curve(grids(ROWS, COLUMNS, ["draft"]), "requests") == ""
    assert curve(grids(ROWS, COLUMNS), "bytes") == ""
    assert curve(grids(ROWS[:1], COLUMNS), "requests") == ""
