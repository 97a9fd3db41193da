"""Figures in words."""

from dataclasses import replace

from simulator.bench.measuring import Figure, Measured
from simulator.bench.row import Obstacle
from simulator.bench.rows import ROWS
from simulator.bench.wording import words

OURS, BASELINE = Measured(2000, 1, 3, 0, 0), Measured(0.51234, 5, 7, 0, 0)


def test_numbers_have_three_digits_or_thousands() -> None:
    said = words(Figure(ROWS[0], OURS, BASELINE))
    assert (said.ours, said.baseline, said.ratio, said.met) == ("2,000", "0.512", "0.00", "not met")


def test_what_is_in_the_way_is_said_only_where_it_is() -> None:
    row = replace(ROWS[0], goal=1, obstacle=Obstacle("It is slow", "tests/slow.py"))
    assert words(Figure(row, OURS, BASELINE)).about.endswith("Not met: It is slow (tests/slow.py)")
    assert words(Figure(row, BASELINE, OURS)).about == f"{row.work}; {row.against}"


def test_what_could_not_be_measured_has_no_numbers() -> None:
    said = words(Figure(ROWS[0], missing="no uvloop"))
    assert (said.ours, said.ratio, said.met) == ("", "", "not measured")
    assert said.about.endswith("; no uvloop")
