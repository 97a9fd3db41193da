"""`-j` and `--cluster`: one of them, and what is no address is told before anything runs."""

from pathlib import Path

import pytest

from simulator.cli.running.engine_choice import engine_of
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


@pytest.mark.parametrize("command", [("ablate",), ("compare",), ("sweep", "-o", "out")])
def test_commands_say_so(command: tuple[str, ...], tmp_path: Path) -> None:
    ended = mimi_sim(*command, "--cluster", "here", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("here is no scheduler's address, as tcp://10.0.0.1:8786, nor local:N")
