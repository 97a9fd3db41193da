"""The failures of a sweep, one of each cause made small."""

from pathlib import Path

import polars

from simulator.scenario import load
from simulator.sweep.shrinking.of_sweep import shrink_each
from tests.sweep.exploring.small_random import carried_out
from tests.sweep.small import FAILING, planned


def test_one_file_for_each_cause(tmp_path: Path) -> None:
    plan = planned(tmp_path, "seeds: 1..2\nparameters: {times: [1, 3]}\n", FAILING)
    assert carried_out(plan, tmp_path / "out").failures == 4
    rows = polars.read_parquet(tmp_path / "out" / "runs" / "*.parquet").to_dicts()
    ((cause, said),) = shrink_each(plan, rows, tmp_path / "out", budget=12)
    assert cause.startswith("connect: ")
    (file,) = (tmp_path / "out" / "shrunk").iterdir()
    assert file.name.startswith("01-connect")
    assert said.endswith(f"mimi-sim run {file}")
    (small,) = load([file])
    assert [entry.keyword for entry in small.steps] == ["connect"]


def test_a_run_that_is_no_more_is_told(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    row = {"cause": "connect: x", "key": "k", "seed": 1, **plan.settings.found[0].axes, "waived": "ANOTHER"}
    assert list(shrink_each(plan, [row], tmp_path)) == [("connect: x", "run k is of no setting of this experiment")]
