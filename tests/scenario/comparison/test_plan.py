"""Which runs fill a table of attacks."""

from dataclasses import replace

from simulator.scenario.comparison import Cell, End, plan
from tests.scenario.comparison.examples import BLOCKED, SUCCEEDS
from tests.scenario.small_scenarios import scenario

RULE = "T-SECURITY-RECIPIENT/OWN-NAME"
ONE = replace(scenario("  - offline: bob.phone\n"), id="one", file="one.yaml")


def test_each_scenario_is_played_in_each_draft_and_without_the_rule() -> None:
    here = {"mimi-transport-00": (ONE,), "mimi-transport-01": ()}
    found = plan(list(here), [RULE], here.__getitem__)
    assert [column.waived for column in found.columns] == [(), (RULE,), ()]
    assert found.scenarios == (ONE, ONE.waiving((RULE,)))
    (row,) = found.table([Cell((BLOCKED,)), Cell((SUCCEEDS,))]).rows
    assert [cell.end for cell in row.cells] == [End.blocked, End.succeeds, End.unsupported]


def test_what_is_not_for_a_draft_is_not_played_and_says_why() -> None:
    here = {"mimi-transport-00": (ONE,), "mimi-transport-01": (replace(ONE, unsupported="another file shows it"),)}
    found = plan(list(here), [], here.__getitem__)
    assert found.scenarios == (ONE,)
    (row,) = found.table([Cell((BLOCKED,))]).rows
    assert [cell.end for cell in row.cells] == [End.blocked, End.unsupported]
    assert row.cells[1].why == "another file shows it"
