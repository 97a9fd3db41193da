"""Whole sweeps: in this process, stopped, killed and gone on with."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars
import trio

from simulator.sweep.engines import InProcess, Processes
from simulator.sweep.identity import identity
from simulator.sweep.loading import read
from simulator.sweep.plan import Plan, plan
from simulator.sweep.results import Results
from simulator.sweep.sweeping import Unwatched, sweep
from simulator.sweep.tally import Tally
from tests.sweep.small import FAILING, planned

ROOT = Path(__file__).parents[2]


class Counting(Unwatched):
    def __init__(self) -> None:
        self.keys: list[str] = []

    def ended(self, row: Mapping[str, Any], tally: Tally) -> None:
        self.keys.append(row["key"])


async def swept(plan: Plan, folder: Path) -> tuple[Tally, list[str]]:
    watcher, results = Counting(), Results(folder, identity(plan))
    async with InProcess() as engine:
        return await sweep(plan, results, engine, watcher), watcher.keys


def rows(folder: Path) -> polars.DataFrame:
    return polars.read_parquet(folder / "runs" / "*.parquet")


async def test_all_runs_and_nothing_when_it_is_done_again(tmp_path: Path) -> None:
    plan = planned(tmp_path, "seeds: 1..2\nparameters: {times: [1, 2]}")
    tally, keys = await swept(plan, tmp_path / "out")
    assert (tally.runs, tally.verdicts, len(keys)) == (4, {"passed": 4}, 4)
    found = rows(tmp_path / "out")
    assert sorted(found["key"].to_list()) == sorted(run.key for run in plan.runs())
    assert found.select("seed", "times").rows() == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert found["cpu_seconds"].min() > 0
    tally, keys = await swept(plan, tmp_path / "out")
    assert (tally.runs, keys) == (4, [])


async def test_it_stops_after_so_many_failures_and_stays_so(tmp_path: Path) -> None:
    plan = planned(tmp_path, "seeds: 1..9\nstop: {failures: 2}", FAILING)
    tally, keys = await swept(plan, tmp_path / "out")
    assert (tally.failures, len(keys)) == (2, 2)
    assert rows(tmp_path / "out")["failed_expectation"].to_list() == ["requests"] * 2
    assert (await swept(plan, tmp_path / "out"))[1] == []


async def test_a_setting_that_is_known_well_enough_gets_no_more(tmp_path: Path) -> None:
    plan = planned(tmp_path, "seeds: 1..9\nstop: {interval: 0.6}")
    tally, _ = await swept(plan, tmp_path / "out")
    assert tally.runs == 3  # 0 of 3: 0 to 0.56; 0 of 2: 0 to 0.66


async def test_whoever_cancels_it_keeps_what_has_ended(tmp_path: Path) -> None:
    plan = planned(tmp_path, "seeds: 1..9")
    results = Results(tmp_path / "out", identity(plan))

    class Cancelling(Unwatched):
        def ended(self, row: Mapping[str, Any], tally: Tally) -> None:
            if tally.runs == 2:
                scope.cancel()

    with trio.CancelScope() as scope:
        async with InProcess() as engine:
            await sweep(plan, results, engine, Cancelling())
    assert len(rows(tmp_path / "out")) == 2


PROGRAM = """
import sys, trio
from pathlib import Path
from tests.sweep.small import planned
from simulator.sweep import results
from tests.sweep.test_sweeping import *

results._EVERY = 0.0

class Telling(Unwatched):
    def ended(self, row, tally):
        print(row["key"], flush=True)

async def main():
    folder = Path(sys.argv[1])
    plan = planned(folder, "seeds: 1..500")
    async with InProcess() as engine:
        await sweep(plan, Results(folder / "out", identity(plan)), engine, Telling())

trio.run(main)
"""


async def test_after_sigkill_it_goes_on_and_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(3)]
        process.kill()
    before = rows(tmp_path / "out")["key"].to_list()
    assert set(told) <= set(before)
    assert len(before) < 100
    plan = planned(tmp_path, "seeds: 1..500")
    results = Results(tmp_path / "out", identity(plan))
    watcher = Counting()

    class Enough(Counting):
        def ended(self, row: Mapping[str, Any], tally: Tally) -> None:
            watcher.ended(row, tally)
            if len(watcher.keys) == 3:
                scope.cancel()

    with trio.CancelScope() as scope:
        async with InProcess() as engine:
            await sweep(plan, results, engine, Enough())
    whole = [run.key for run in plan.runs()]
    assert rows(tmp_path / "out")["key"].to_list() == whole[: len(before) + 3]
    assert watcher.keys == whole[len(before) : len(before) + 3]


NETWORK = """
experiment: How long a message takes, over latency
scenarios: far.yaml
parameters: {latency: [5, 40]}
seeds: 1..2
values: {there_us: {delivery_time: {messages: hello}}}
"""
FAR = """
name: A message over a network
parameters: {latency: 1}
network: {latency: "${latency} ms", jitter: 10 ms, loss: 5 %, bandwidth: 1 Mbit/s}
topology:
  key_packages: 1
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
steps:
  - connect: {from: alice, to: bob}
  - create_group: alice
    as: team
  - add_users: {by: alice, group: team, users: bob}
  - send: {by: bob, group: team}
    as: hello
"""


async def test_simulated_times_are_the_same_in_other_processes(tmp_path: Path) -> None:
    (tmp_path / "far.yaml").write_text(FAR)
    made = plan(read(NETWORK, (tmp_path / "experiment.yaml").as_posix()))
    found = []
    for name, opened in (("one", InProcess()), ("two", Processes(2))):
        async with opened as engine:
            await sweep(made, Results(tmp_path / name, identity(made)), engine, Unwatched())
        columns = ("latency", "seed", "verdict", "there_us", "simulated_seconds", "last_simulated_seconds")
        found.append(rows(tmp_path / name).select(columns).sort("latency", "seed").rows())
    assert found[0] == found[1]
    assert [row[:3] for row in found[0]] == [(latency, seed, "passed") for latency in (5, 40) for seed in (1, 2)]
    times = [row[3] for row in found[0]]
    assert len(set(times)) == 4
    assert min(times) > 5_000
