"""The notebooks as they are committed are what one gets by running them."""

from pathlib import Path

import pytest

from tests.notebooks.execution import executed, notebooks, read, said, varies

RENEW = "renew it: make notebooks"
LONGEST = 60
"""Lines of words in one output: what fits on a screen."""


def test_each_has_a_number_of_its_own() -> None:
    numbers = [int(path.name.partition("_")[0]) for path in notebooks()]
    assert numbers[:5] == [1, 2, 3, 4, 5]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_is_committed_with_its_outputs(path: Path) -> None:
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), RENEW
    shown = [cell for cell in cells if cell.outputs]
    assert len(shown) >= 5
    for cell in shown:
        assert len(said(cell)) <= LONGEST, cell.source


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_runs_and_says_what_it_said(path: Path) -> None:
    kept = read(path)
    fresh = executed(kept)
    for old, new in zip(kept.cells, fresh.cells, strict=True):
        if new.cell_type != "code":
            continue
        assert "error" not in [output.output_type for output in new.outputs]
        assert "stderr" not in [output.get("name") for output in new.outputs], "a warning, or worse"
        if not varies(new):
            assert said(new) == said(old), f"{RENEW}\n{new.source}"
