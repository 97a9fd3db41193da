"""A mistake that is planted is found by random operations, and shrunk to a file that shows it."""

import sys
from pathlib import Path
from unittest.mock import patch

from simulator.scenario import load, load_text
from simulator.sweep.shrinking import shrink
from tests.cli.process import ROOT, as_process, mimi_sim
from tests.sweep.shrinking.planted import PLANTED, forgetful


def test_a_planted_mistake_is_found_and_shrunk(tmp_path: Path) -> None:
    (scenario,) = load([ROOT / "scenarios/resilience/random-operations.yaml"], parameters={"operations": 30})
    with patch(PLANTED, forgetful):
        shrunk = shrink(scenario, 1, budget=14)
    (small,) = load_text(shrunk.text, "small.yaml")
    keywords = [entry.keyword for entry in small.steps]
    assert len(keywords) < shrunk.steps[0]
    assert {"create_group", "add_users", "send"} <= set(keywords)
    (file := tmp_path / "small.yaml").write_text(shrunk.text)
    broken = as_process("run", str(file), cwd=ROOT, program=[sys.executable, "-m", "tests.sweep.shrinking.planted"])
    assert broken.code == 1, broken.out + broken.err
    assert "every message at every member" in broken.out
    whole = mimi_sim("run", str(file), cwd=ROOT)
    assert whole.code == 0, whole.out + whole.err
