"""`mimi-sim show`."""

from pathlib import Path

from tests.cli.process import mimi_sim


def test_as_text_and_as_a_diagram(folder: Path) -> None:
    ended = mimi_sim("show", "failing.yaml", cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    assert "  14  send  by: [bob], group: team" in ended.out
    drawn = mimi_sim("show", "failing", "--mermaid", cwd=folder)
    assert drawn.out.startswith("sequenceDiagram\n")


def test_a_scenario_that_is_not_there(folder: Path) -> None:
    ended = mimi_sim("show", "failng.yaml", cwd=folder)
    assert ended.code == 2
    assert 'did you mean "failing.yaml"?' in ended.err
