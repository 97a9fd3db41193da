"""`mimi-sim sweep`."""

import json
import re
from pathlib import Path

import polars
import pytest

from simulator.sweep.identity import identity
from simulator.sweep.results import Results
from tests.cli.process import mimi_sim
from tests.sweep.small import EXPERIMENT, FAILING, planned, write


def rows(folder: Path) -> polars.DataFrame:
    return polars.read_parquet(folder / "runs" / "*.parquet")


def test_options_and_a_second_time_it_has_nothing_to_do(tmp_path: Path) -> None:
    write(tmp_path)
    words = ("sweep", "small.yaml", "--seeds", "1..2", "--set", "times=1,2", "-o", "out")
    assert mimi_sim(*words, cwd=tmp_path).out == "4 of 4 runs: 4 passed\n"
    assert rows(tmp_path / "out").select("scenario", "times", "seed").rows()[-1] == ("small", 2, 2)
    again = mimi_sim(*words, cwd=tmp_path)
    assert (again.code, again.out) == (0, "4 of 4 runs are there already\n4 of 4 runs: 4 passed\n")
    other = mimi_sim(*words, "--failures", "1", cwd=tmp_path)
    assert other.code == 2
    assert other.err.startswith("out has the results of another sweep")


def test_failures_are_told_with_the_command_that_repeats_them(tmp_path: Path) -> None:
    write(tmp_path, FAILING)
    (tmp_path / "e.yaml").write_text(EXPERIMENT)
    ended = mimi_sim("sweep", "e.yaml", "-o", "out", cwd=tmp_path)
    assert ended.code == 1
    first, where, repeat, summary = ended.out.splitlines()
    assert first == "failed small in mimi-transport-00, seed 1"
    assert where.startswith(
        f"  small.yaml:{FAILING.splitlines().index('      requests: {from: a.example, count: 0}') + 1}"
    )
    assert summary == "1 of 1 run: 1 failed"
    assert mimi_sim(*repeat.split()[1:], cwd=tmp_path).code == 1
    shown = mimi_sim("sweep", "--show", "out", cwd=tmp_path)
    assert (shown.code, shown.out) == (0, ended.out)


def test_seeds_and_draft_in_place_of_those_of_an_experiment(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "e.yaml").write_text(EXPERIMENT + "seeds: 1\ndrafts: mimi-transport-00\n")
    words = ("sweep", "e.yaml", "--seeds", "5,8", "--draft", "mimi-protocol-06", "-o", "out")
    assert mimi_sim(*words, cwd=tmp_path).out == "2 of 2 runs: 2 passed\n"
    found = rows(tmp_path / "out").select("draft", "seed").sort("seed").rows()
    assert found == [("mimi-protocol-06", 5), ("mimi-protocol-06", 8)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "-o DIR is missing"),
        (("e.yaml", "--set", "times=1", "-o", "out"), "e.yaml is an experiment, which says itself"),
        (("e.yaml", "small.yaml", "-o", "out"), "e.yaml is an experiment: it is given alone"),
        (("small.yaml", "--seeds", "x", "-o", "out"), "--seeds:1:1: expected a seed"),
        (("small.yaml", "--draft", "mimi-transpor-00", "-o", "out"), "mimi-transport-00"),
        (("--show", "out"), "out: there are no results of a sweep here"),
        (("--show", "out", "small.yaml"), "--show DIR shows the sweep in that folder"),
        (("small.yaml", "--axes", "times", "-o", "out"), "--axes says something of the page"),
        (("small.yaml", "--html", "nowhere/p.html", "-o", "out"), "--html nowhere/p.html: there is no folder nowhere"),
        (("small.yaml", "--html", "p.html", "--axes", "tims", "--set", "times=1,2", "-o", "out"), 'mean "times"'),
    ],
)
def test_what_can_not_be_done(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    write(tmp_path)
    (tmp_path / "e.yaml").write_text(EXPERIMENT)
    ended = mimi_sim("sweep", *words, cwd=tmp_path)
    assert ended.code == 2
    assert said in ended.err
    assert not (tmp_path / "out").exists()


def test_what_is_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "e.yaml").write_text(EXPERIMENT)
    assert mimi_sim("sweep", "e.yaml", "-o", "out", cwd=tmp_path).code == 0
    about = json.loads((tmp_path / "out" / "sweep.json").read_text())
    assert (about["experiment"], about["runs"]) == ("How much it costs to get to know somebody", 1)
    assert [each["name"] for each in about["columns"]] == rows(tmp_path / "out").columns


def test_failures_are_shrunk(tmp_path: Path) -> None:
    write(tmp_path, FAILING)
    ended = mimi_sim("sweep", "small.yaml", "-o", "out", "--shrink", cwd=tmp_path)
    assert ended.code == 1
    cause, said = ended.out.splitlines()[-2:]
    assert cause.startswith("connect: ")
    file = said.rpartition(" ")[2]
    assert mimi_sim("run", file, cwd=tmp_path).code == 1


def test_exploring_says_what_it_has_reached(tmp_path: Path) -> None:
    write(tmp_path)
    ended = mimi_sim("sweep", "small.yaml", "-o", "out", "--explore", "1", cwd=tmp_path)
    assert ended.code == 0
    assert re.fullmatch(r"[0-9]+ runs, [0-9]+ things reached: [0-9]+ passed\n", ended.out)
    assert rows(tmp_path / "out")["reached"][0].startswith("provider Started; ")


def test_showing_follows_a_sweep_that_is_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(tmp_path, "seeds: 1..2")
    results = Results(tmp_path / "out", identity(plan))
    row = {"key": "1", "scenario": "small", "draft": "a", "verdict": "failed", "repeat": "mimi-sim run small.yaml"}
    results.add({**row, "seed": 1, "message": "the first"})
    results.flush()

    waited: list[float] = []

    def goes_on(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 1:
            return  # nothing has ended meanwhile
        results.add({**row, "key": "2", "seed": 2, "message": "the second"})
        results.close()

    monkeypatch.setattr("time.sleep", goes_on)
    lines = mimi_sim("sweep", "--show", "out", cwd=tmp_path).out.splitlines()
    assert [line for line in lines if line.startswith("failed")] == [
        f"failed small in a, seed {seed}" for seed in (1, 2)
    ]
    assert [line for line in lines if " of 2 runs" in line] == ["1 of 2 runs: 1 failed", "2 of 2 runs: 2 failed"]
    assert len(waited) == 2
    assert all(seconds >= 1 for seconds in waited)
