"""Runs of a sweep done again."""

from pathlib import Path

import pytest

from simulator.cli.running.repeating import job, record
from simulator.errors import SimulatorError
from simulator.sweep.engines import Outcome
from simulator.sweep.one_run import RunRequest, measured
from simulator.sweep.rows import row
from tests.sweep.small import FAILING, planned


async def failed(folder: Path) -> dict[str, object]:
    plan = planned(folder, "seeds: 3\nparameters: {times: 2}\nwaive: T-SECURITY-RECIPIENT", FAILING)
    (run,) = plan.runs()
    return row(run, Outcome(run.key, await measured(RunRequest(run.setting.scenario, run.seed))), 1.0)


async def test_the_same_scenario_with_the_same_seed(tmp_path: Path) -> None:
    made = job(await failed(tmp_path), tmp_path)
    assert (made.seed, made.scenario.parameters, made.scenario.topology.waive) == (
        3,
        {"times": 2},
        ("T-SECURITY-RECIPIENT",),
    )


async def test_a_file_that_is_not_there_any_more(tmp_path: Path) -> None:
    found = await failed(tmp_path)
    (tmp_path / "small.yaml").unlink()
    with pytest.raises(SimulatorError, match="no such file"):
        job(found, tmp_path)
    (tmp_path / "taken").write_text("")
    with pytest.raises(SimulatorError, match="taken"):
        record([], tmp_path / "taken")
