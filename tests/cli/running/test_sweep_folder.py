"""How far the sweep in a folder is, of whatever kind."""

from pathlib import Path

import pytest
import trio

from simulator.cli.running.sweep_folder import show_folder
from simulator.errors import SimulatorError
from simulator.sweep.engines import InProcess
from simulator.sweep.results import Results
from simulator.sweep.sweeping import sweep
from tests.sweep.test_planned import WHAT, Squares


def test_one_that_is_over_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trio.run(sweep, Squares(2), Results(tmp_path / "out", WHAT), InProcess())
    show_folder(tmp_path / "out")
    assert capsys.readouterr().out == "2 of 3 runs: 2 passed\n"


def test_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="there are no results of a sweep here"):
        show_folder(tmp_path)
