"""A grid as a table."""

import pytest

from simulator.sweep.page.grids import FAILURES, grids
from simulator.sweep.page.heat_map import heat_maps, number
from tests.sweep.page.rows import COLUMNS, ROWS


def table(measure: str, rows: object = ROWS, axes: tuple[str, ...] = ()) -> str:
    return "".join(heat_maps(grids(rows, COLUMNS, axes), measure))  # type: ignore[arg-type]


def test_the_more_the_darker() -> None:
    made = table("requests")
    assert "<td class='h0' title='2 runs, 95 % between" in made
    assert "<td class='h9'" in made
    assert "draft ↓ providers →" in made
    assert ">122</td>" in made


def test_rates_in_percent_and_no_cell_without_runs() -> None:
    assert ">50%</td>" in table(FAILURES)
    assert "<td></td>" in table("requests", (*ROWS[:4], *ROWS[8:]))


def test_a_table_for_each_grid() -> None:
    assert table("requests", axes=("providers",)).count("<figure>") == 2
    assert table("bytes") == ""


@pytest.mark.parametrize(
    ("value", "said"), [(3.0, "3"), (1234567, "1,234,567"), (12345.6, "12,346"), (0.1234, "0.123")]
)
def test_numbers(value: float, said: str) -> None:
    assert number(value) == said
