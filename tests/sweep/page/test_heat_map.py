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


def test_rows_that_say_the_same_are_folded_where_there_are_many() -> None:
    many = tuple({**ROWS[0], "waived": f"RULE-{number}", "draft": draft} for number in range(20) for draft in "ab")
    odd = {"RULE-7": {"verdict": "failed"}, "RULE-8": {"verdict": "failed"}}
    found = table(FAILURES, tuple({**each, **odd.get(each["waived"], {})} for each in many))
    assert "waived ↓ draft →" in found
    rows = [row.split("</th>")[0] for row in found.split("<tr><th scope='row'>")[1:]]
    assert rows[:2] == ["RULE-7", "RULE-8"]
    assert rows[2].startswith("<details><summary>18 others</summary>RULE-0, RULE-1, RULE-10")
    assert len(rows) == 3


def test_a_row_without_any_run_is_left_out() -> None:
    of = {"a": ("ANY",), "b": ("ANY", "ONLY-B")}
    rows = tuple(
        {**ROWS[0], "draft": draft, "providers": providers, "waived": waived}
        for draft in of
        for waived in of[draft]
        for providers in (3, 6)
    )
    found = table("providers", rows, ("providers", "waived"))
    assert found.count("<figure>") == 2
    assert found.count("<tr><th scope='row'>ANY</th>") == 2
    assert found.count("<tr><th scope='row'>ONLY-B</th>") == 1


def test_many_rows_that_differ_are_all_there() -> None:
    many = tuple({**ROWS[0], "waived": f"RULE-{number}", "requests": number} for number in range(20))
    assert table("requests", many).count("<tr><th scope='row'>RULE-") == 20


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
