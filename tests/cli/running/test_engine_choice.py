"""`-j` and `--cluster`: one of them, and what is no address is told before anything runs."""

import re
from pathlib import Path

import pytest

from simulator.cli.running.engine_choice import engine_of, is_elsewhere
from simulator.errors import SimulatorError
from simulator.sweep.engines import Cluster, Processes
from tests.cli.process import mimi_sim


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


def test_only_a_scheduler_s_address_is_elsewhere() -> None:
    assert [each for each in ("-j", "local:2", "tcp://10.0.0.1:8786") if is_elsewhere(each)] == ["tcp://10.0.0.1:8786"]


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
