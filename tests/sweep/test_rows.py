"""Rows from outcomes."""

from pathlib import Path

from simulator.sweep.engines import Failure, Outcome
from simulator.sweep.rows import row
from tests.sweep.small import planned


def test_a_value_and_what_it_took(tmp_path: Path) -> None:
    run = next(planned(tmp_path, "seeds: 4").runs())
    made = row(
        run, Outcome(run.key, {"verdict": "passed"}, attempts=2, seconds=1.5, cpu_seconds=0.5, peak_memory=7), 9.5
    )
    assert (made["key"], made["seed"], made["draft"], made["verdict"]) == (run.key, 4, "mimi-transport-00", "passed")
    assert (made["seconds"], made["cpu_seconds"], made["memory"], made["ended"]) == (1.5, 0.5, 7, 9.5)
    assert made["repeat"] == f"mimi-sim run {tmp_path.as_posix()}/small.yaml --seed 4"


def test_who_kills_workers_is_a_fault_with_its_seed(tmp_path: Path) -> None:
    run = next(planned(tmp_path, "seeds: 4").runs())
    made = row(run, Outcome(run.key, failure=Failure("two workers died of it", died=True), attempts=2), 9.5)
    assert (made["verdict"], made["message"], made["failed_step"]) == ("fault", "two workers died of it", "worker")
    assert (made["seed"], made["attempts"], made["memory"]) == (4, 2, None)
    assert row(run, Outcome(run.key, failure=Failure("no memory")), 9.5)["failed_step"] == "start"
