"""How a comparison reads, in a terminal and for programs."""

import io

from rich.console import Console

from simulator.cli.output.comparison_table import render
from tests.scenario.comparison.examples import TABLE


def printed(*, as_tables: bool) -> str:
    console = Console(file=io.StringIO(), width=160, force_terminal=False, markup=False)
    for part in render(TABLE, as_tables=as_tables):
        console.print(part, soft_wrap=not as_tables)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_line_per_cell_for_programs() -> None:
    lines = printed(as_tables=False).splitlines()
    assert lines[:2] == [
        "s/one  first               blocked      403 not_authorized T-1/NAME",
        "s/one  second without T-1  succeeds     bob.phone lacks | it",
    ]
    assert len(lines) == len(TABLE.rows) * len(TABLE.columns)


def test_a_table_for_people() -> None:
    text = printed(as_tables=True)
    assert "second without T-1" in text
    assert "noticed by alice.phone: R-2" in text
