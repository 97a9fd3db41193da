"""`-j` and `--cluster`: one of them, and what is no address is told before anything runs."""

import re
from pathlib import Path

import pytest

from simulator.cli.running.engine_choice import check_files, engine_of
from simulator.errors import SimulatorError
from simulator.sweep.engines import Cluster, Processes
from tests.cli.process import mimi_sim
from tests.scenario.small_scenarios import TOPOLOGY, scenario


def test_each_has_its_engine() -> None:
    assert engine_of() is None
    several, cluster = engine_of(3), engine_of(1, "local:2")
    assert several is not None
    assert cluster is not None
    assert (type(several()), several().workers, type(cluster())) == (Processes, 3, Cluster)


def test_both_are_too_many() -> None:
    with pytest.raises(SimulatorError, match="leave one of them out"):
        engine_of(2, "local:2")


@pytest.mark.parametrize("command", [("ablate",), ("compare",), ("sweep", "-o", "out"), ("run",)])
def test_commands_say_so(command: tuple[str, ...], tmp_path: Path) -> None:
    ended = mimi_sim(*command, "--cluster", "here", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("here is no scheduler's address, as tcp://10.0.0.1:8786, nor local:N")


ELSEWHERE = "tcp://127.0.0.1:9"


def test_files_are_there_but_on_other_machines(tmp_path: Path) -> None:
    head = TOPOLOGY.replace("topology:\n", f"topology:\n  authority: {tmp_path}\n")
    with_file, without = scenario("  []\n", head), scenario("  []\n")
    for engine in (None, engine_of(2), engine_of(1, "local:2")):
        check_files((with_file, without), engine)
    check_files((without,), engine_of(1, ELSEWHERE))
    with pytest.raises(SimulatorError, match=f"^test refers to {tmp_path}, which is on this machine: workers of"):
        check_files((without, with_file), engine_of(1, ELSEWHERE))


@pytest.mark.parametrize("command", [("run",), ("sweep", "-o", "out"), ("ablate",), ("compare",)])
def test_each_command_refuses_a_scenario_with_files_before_anything_runs(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "own.pem").write_text("no certificate")
    external = "external: {address: 127.0.0.1, port: 9, ca: own.pem}"
    (tmp_path / "external.yaml").write_text(SMALL.replace("c.example: {}", f"c.example: {{{external}}}"))
    ended = mimi_sim(command[0], "external.yaml", *command[1:], "--cluster", ELSEWHERE, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "external refers to own.pem, which is on this machine" in ended.err, ended.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--cluster", "tcp://127.0.0.1:9", "--trace", "t"), "the workers of tcp://127.0.0.1:9 are on other machines"),
        (("--cluster", "local:2", "--processes", "2"), "local:2 runs scenarios side by side and --processes each in"),
        (("-j", "2", "--processes", "2"), "-j runs scenarios side by side and --processes each in"),
    ],
)
def test_run_says_what_can_not_be_had_together(words: tuple[str, ...], why: str, tmp_path: Path) -> None:
    ended = mimi_sim("run", *words, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert why in ended.err


def test_a_scheduler_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL)
    ended = mimi_sim("run", "small.yaml", "--cluster", "tcp://127.0.0.1:9", cwd=tmp_path)
    assert ended.code == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in ended.err
    assert "Traceback" not in ended.err


def test_scenarios_run_on_a_cluster_as_they_do_here(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL)
    here, there = (
        mimi_sim("run", "small.yaml", "--repeat", "3", "-v", *where, cwd=tmp_path)
        for where in ((), ("--cluster", "local:1"))
    )
    assert (here.code, there.code) == (0, 0)
    assert "3 scenarios: 3 passed" in there.out
    assert _without_times(here.out) == _without_times(there.out)


def _without_times(said: str) -> str:
    return re.sub(r"\d+(\.\d+)? m?s", "-", said)


SMALL = """
name: Small
description: Two users connect.
topology:
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
    c.example: {}
steps:
  - connect: {from: alice, to: bob}
"""
