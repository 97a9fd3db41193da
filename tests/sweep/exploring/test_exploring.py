"""Whole explorations, in this process."""

from pathlib import Path
from unittest.mock import patch

import polars

from simulator.scenario import load
from simulator.sweep.shrinking.of_sweep import shrink_each
from tests.sweep.exploring.small_random import InBatches, carried_out, planned
from tests.sweep.shrinking.planted import PLANTED, forgetful


def table(folder: Path) -> polars.DataFrame:
    return polars.read_parquet(folder / "runs" / "*.parquet")


def test_a_planted_mistake_is_found_in_fewer_runs_than_at_random(tmp_path: Path) -> None:
    """It takes a group with three members at one provider, and a message in it."""
    with patch(PLANTED, forgetful):
        guided = carried_out(planned(tmp_path, "explore: 30\nstop: {failures: 1}\n"), tmp_path / "guided")
        runs = guided.runs
        at_random = carried_out(planned(tmp_path, f"seeds: 1..{runs}\n"), tmp_path / "at-random")
        assert guided.failures == 1
        assert at_random.failures == 0
        row = table(tmp_path / "guided").row(-1, named=True)
        ((cause, said),) = shrink_each(planned(tmp_path, "explore: 30\n"), [row], tmp_path / "guided", budget=10)
    assert cause == row["cause"]
    (shrunk,) = (tmp_path / "guided" / "shrunk").iterdir()
    assert said.endswith(f"mimi-sim run {shrunk}")
    assert row["repeat"] == f"mimi-sim run {tmp_path}/guided/explored/{row['key']}.yaml --seed {row['seed']}"
    (small,) = load([shrunk])
    (whole,) = load([tmp_path / "guided" / "explored" / f"{row['key']}.yaml"])
    assert whole.steps[-1].keyword == "random_operations"
    assert all(entry.keyword != "random_operations" for entry in small.steps)


def test_batches_do_not_blind_it(tmp_path: Path) -> None:
    """With one worker it goes as where each run is decided when the one before has ended."""
    plan = planned(tmp_path, "explore: 30\nstop: {failures: 1}\n")
    with patch(PLANTED, forgetful):
        one_by_one = carried_out(plan, tmp_path / "one-by-one")
        in_batches = carried_out(plan, tmp_path / "in-batches", InBatches())
    assert one_by_one.failures == 1
    assert in_batches == one_by_one


def test_it_ends_where_nothing_new_comes(tmp_path: Path) -> None:
    carried_out(planned(tmp_path, "explore: 2\n"), tmp_path / "out")
    reached = table(tmp_path / "out")["reached"].to_list()
    assert reached[-2:] == [None, None]
    words = [word for each in reached if each for word in each.split("; ")]
    assert len(words) == len(set(words))
    assert {"client Joined", "epoch 0"} <= set(words)


def test_what_was_reached_is_known_the_next_time(tmp_path: Path) -> None:
    first = carried_out(planned(tmp_path, "explore: 2\n"), tmp_path / "out")
    again = carried_out(planned(tmp_path, "explore: 2\n"), tmp_path / "out")
    assert again.runs == first.runs


def test_seeds_are_all_there_are(tmp_path: Path) -> None:
    tally = carried_out(planned(tmp_path, "explore: 50\nseeds: 5..6\n"), tmp_path / "out")
    assert tally.runs == 2
    assert table(tmp_path / "out")["seed"].to_list() == [5, 6]
