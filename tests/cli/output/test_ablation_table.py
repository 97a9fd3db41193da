"""How ablation reads, in a terminal and for programs."""

import io

from rich.console import Console

from simulator.cli.output.ablation_table import render, summary
from tests.scenario.ablation.found import FOUND, TABLE


def printed(*, as_tables: bool) -> str:
    console = Console(file=io.StringIO(), width=160, force_terminal=False, markup=False)
    for part in render(TABLE, as_tables=as_tables):
        console.print(part, soft_wrap=not as_tables)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_line_per_rule_for_programs() -> None:
    lines = printed(as_tables=False).splitlines()
    assert lines[0] == (
        "NOTICED    a-draft        noticed    "
        "s/one.yaml:12 send m1: expected success, but it | <b> (and 1 more scenario)"
    )
    assert lines[4] == (
        "DECODES    a-draft        essential  "
        "can't be switched off: there is nothing to go on with (1 scenario breaks it)"
    )
    assert lines[-1] == "HOLE       another-draft  explained  nobody can break it there"
    assert len(lines) == len(FOUND.rows) + 2


def test_a_table_per_section_for_people() -> None:
    text = printed(as_tables=True)
    assert text.splitlines()[0].strip() == "a-draft, doc: 1 Rules"
    assert "It demands BOTH/A." in text
    assert "HOLE: no scenario breaks it" in text


def test_below_it_stands_what_to_look_at() -> None:
    lines = [line.plain for line in summary(TABLE)]
    assert lines[0] == FOUND.summary
    assert "  redundant: BOTH/A with BOTH/B and C" in lines
    assert lines[-1].startswith("2 rules of another-draft in 1 scenario: ")
