"""Attacks x drafts."""

from dataclasses import replace

import pytest

from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.scenario.comparison import Cell, Column, End
from simulator.scenario.comparison.table import columns, key, table
from tests.scenario.comparison.examples import BLOCKED, IMPOSSIBLE, SUCCEEDS, TABLE, VISIBLE
from tests.scenario.small_scenarios import scenario

ONE = replace(scenario("  - offline: bob.phone\n"), id="one", file="one.yaml")


def test_a_cell_is_its_worst_attack() -> None:
    cell = Cell((IMPOSSIBLE, BLOCKED, SUCCEEDS, VISIBLE))
    assert (cell.end, cell.why) == (End.succeeds, SUCCEEDS.why)
    assert cell.counted == {End.unsupported: 1, End.blocked: 1, End.visible: 1, End.succeeds: 1}


def test_a_cell_without_attacks_says_why() -> None:
    assert (Cell(missing="not for it").end, Cell(missing="not for it").why) == (End.unsupported, "not for it")


def test_what_is_unsupported_is_no_difference() -> None:
    assert [row.differs for row in TABLE.rows] == [True, False, False, False]


def test_drafts_are_counted() -> None:
    assert TABLE.summary == (
        "first: 0 succeed, 1 visible, 2 blocked, 1 unsupported",
        "second without T-1: 1 succeed, 1 visible, 1 blocked, 1 unsupported",
    )


def test_one_scenario_in_two_drafts_is_one_row() -> None:
    first, second = (replace(ONE, choice={"draft": name, "suite": 3}) for name in ("first", "second"))
    assert key(first) == key(second) == ("one.yaml", "[suite=3]")
    played = [(0, first, Cell((BLOCKED,))), (1, second, Cell((SUCCEEDS,)))]
    found = table([Column("mimi-transport-00"), Column("mimi-transport-01")], played, [first, second])
    (row,) = found.rows
    assert (row.id, [cell.end for cell in row.cells]) == ("one[suite=3]", [End.blocked, End.succeeds])


def test_a_scenario_without_attacks_is_none() -> None:
    found = table([Column("mimi-transport-00")], [(0, ONE, Cell())], [ONE])
    assert (found.rows, found.summary) == ((), ("nobody attacks in these scenarios, as far as they are run",))


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ("  - lie_about_key: {by: a.example, expired: 1h}\n", "mimi-protocol-06: "),
        ("  - offline: bob.phone\n", "mimi-protocol-06: it is about requests that the draft has not"),
    ],
)
def test_a_scenario_that_is_not_for_a_draft_says_why(steps: str, why: str) -> None:
    one = replace(scenario(steps), id="one", file="one.yaml")
    drafts = [Column("mimi-protocol-06"), Column("mimi-transport-00")]
    found = table(drafts, [(1, one, Cell((BLOCKED,)))], [one])
    assert found.rows[0].cells[0].why.startswith(why)


def test_all_drafts_are_compared_where_none_is_said() -> None:
    assert [column.draft for column in columns(())] == [draft.name for draft in registry.known()]


def test_a_draft_stands_beside_itself_without_a_rule_that_it_has() -> None:
    found = columns(["mimi-transport-00", "mimi-transport-01"], ["T-SECURITY-RECIPIENT/OWN-NAME"])
    assert [(column.draft, column.waived) for column in found] == [
        ("mimi-transport-00", ()),
        ("mimi-transport-00", ("T-SECURITY-RECIPIENT/OWN-NAME",)),
        ("mimi-transport-01", ()),
    ]


@pytest.mark.parametrize(("drafts", "waived"), [(["mimi-transport-0"], []), ([], ["T-SECURITY-RECIPIANT"])])
def test_what_is_not_known_is_told(drafts: list[str], waived: list[str]) -> None:
    with pytest.raises(SimulatorError, match="did you mean"):
        columns(drafts, waived)
