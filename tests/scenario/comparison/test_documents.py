"""The table as JSON and Markdown."""

import json

from simulator.scenario.comparison.documents import in_short, to_json, to_markdown
from tests.scenario.comparison.examples import TABLE


def test_json_has_all() -> None:
    found = json.loads(to_json(TABLE))
    assert found["drafts"][1] == {
        "name": "second without T-1",
        "draft": "second",
        "waived": ["T-1"],
        "unsupported": 1,
        "blocked": 1,
        "visible": 1,
        "succeeds": 1,
    }
    cell = found["attacks"][0]["cells"]["second without T-1"]
    assert (cell["end"], [step["end"] for step in cell["steps"]]) == ("succeeds", ["blocked", "succeeds"])
    assert cell["steps"][0]["rules"] == ["T-1/NAME", "T-1"]


def test_a_cell_in_short() -> None:
    shown = [in_short(row.cells[0]) for row in TABLE.rows]
    assert shown == [
        "403 not_authorized T-1/NAME",
        "noticed by alice.phone: R-2",
        "403 not_authorized T-1/NAME",
        "first: the file is for second only",
    ]


def test_markdown_is_one_table_and_nothing_of_a_scenario_breaks_it() -> None:
    lines = to_markdown(TABLE).splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert len(rows) == 2 + len(TABLE.rows)
    assert "lacks \\| it" in rows[2]
