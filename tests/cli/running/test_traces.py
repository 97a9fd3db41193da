"""What is made of traces never takes the place of one."""

from pathlib import Path

import pytest

from simulator.cli.running.traces import spare
from simulator.errors import SimulatorError
from simulator.trace import TraceWriter
from tests.trace.examples import HEADER


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    TraceWriter(folder / "a.jsonl", HEADER).close()
    return folder


def test_a_trace_and_its_place_are_spared(run: Path) -> None:
    for traces, output in ((run, run), (run, run / "a.jsonl"), (run / "a.jsonl", run / "a.jsonl")):
        with pytest.raises(SimulatorError, match=r"that is (the trace itself|where the traces are)"):
            spare(traces, output)
    with pytest.raises(SimulatorError, match=r"--html .*b\.jsonl: that is where the traces are"):
        spare(run / "a.jsonl", run / "b.jsonl", "--html")


def test_any_other_place_is_free(run: Path) -> None:
    for output in (run / "report.html", run.parent / "a.jsonl", Path("-")):
        spare(run, output)
