"""Each scenario in each draft, side by side."""

import io
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from simulator.cli.output.console import TextConsole
from simulator.cli.running.comparing import run_comparison
from simulator.cli.running.engine_choice import engine_of
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.selecting import find_in_each
from simulator.scenario.comparison import Comparison, End, plan
from tests.scenario.comparison.test_playing import FORWARDED
from tests.scenario.small_scenarios import TOPOLOGY

DRAFTS = ("mimi-transport-00", "mimi-transport-01")
RULE = "T-SECURITY-RECIPIENT/OWN-NAME"


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "one.yaml").write_text(TOPOLOGY + FORWARDED)
    return str(tmp_path / "one.yaml")


async def compared(file: str, *waived: str, workers: int = 1) -> Comparison:
    with redirect_stderr(io.StringIO()):
        bar = Bar(TextConsole(stderr=True))
    scenarios = find_in_each([file], DRAFTS)
    with bar:
        found, broken = await run_comparison(plan(DRAFTS, waived, scenarios.__getitem__), engine_of(workers), bar)
    assert broken == ()
    return found


@pytest.mark.parametrize("workers", [1, 2])
async def test_a_draft_without_the_rule_has_another_cell(file: str, workers: int) -> None:
    found = await compared(file, RULE, workers=workers)
    assert [column.name for column in found.columns] == [
        "mimi-transport-00",
        f"mimi-transport-00 without {RULE}",
        "mimi-transport-01",
    ]
    (row,) = found.rows
    assert [cell.end for cell in row.cells] == [End.blocked, End.succeeds, End.blocked]
    assert all(cell.drawn.startswith("<svg") for cell in row.cells)
