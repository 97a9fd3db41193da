"""What is made of traces never takes the place of one."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.cli.running.traces import read_traces, spare
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


def test_a_trace_of_a_draft_that_nobody_knows_is_read_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    TraceWriter(tmp_path / "a.jsonl", replace(HEADER, draft="elsewhere")).close()
    TraceWriter(tmp_path / "b.jsonl", HEADER).close()
    assert len(read_traces(tmp_path)) == 2
    said = "no draft elsewhere is known here, so no body is decoded: --draft PATH makes it known\n"
    assert capsys.readouterr().err == f"warning: {tmp_path}: {said}"
