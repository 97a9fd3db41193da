"""A sweep under a bar."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from simulator.cli.output.console import TextConsole
from simulator.cli.running.sweeping import SweepDisplay, run_sweep
from simulator.errors import SimulatorError
from simulator.sweep.engines import InProcess
from simulator.sweep.identity import identity
from simulator.sweep.plan import Plan
from simulator.sweep.results import Results
from simulator.sweep.tally import Tally
from tests.sweep.small import FAILING, planned


def results(folder: Path, plan: Plan) -> Results:
    return Results(folder / "out", identity(plan))


async def test_failures_as_they_come_and_how_far_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = planned(tmp_path, "seeds: 1..2", FAILING)
    with SweepDisplay(TextConsole()) as display:
        assert await run_sweep(plan, results(tmp_path, plan), InProcess(), display)
        assert display.said == "2 of 2 runs"
    assert capsys.readouterr().out.count("failed") == 2


async def test_ctrl_c_ends_it_and_keeps_what_has_ended(tmp_path: Path) -> None:
    plan = planned(tmp_path, "seeds: 1..9")

    class Pressing(SweepDisplay):
        def ended(self, row: Mapping[str, Any], tally: Tally) -> None:
            super().ended(row, tally)
            if tally.runs == 2:
                os.kill(os.getpid(), signal.SIGINT)

    with Pressing(TextConsole()) as display:
        assert not await run_sweep(plan, results(tmp_path, plan), InProcess(), display)
    again = results(tmp_path, plan)
    assert 2 <= len(again.there) < 9
    again.close()


async def test_what_goes_wrong_is_raised_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(tmp_path)
    found = results(tmp_path, plan)

    def full(row: Mapping[str, Any]) -> None:
        raise SimulatorError("no space left")

    monkeypatch.setattr(found, "add", full)
    with SweepDisplay(TextConsole()) as display, pytest.raises(SimulatorError, match="no space left"):
        await run_sweep(plan, found, InProcess(), display)
