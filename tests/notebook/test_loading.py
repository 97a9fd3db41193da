"""Kept traces as traffic."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.notebook.errors import Refused
from simulator.notebook.loading import Traffics, load, load_all
from simulator.trace import Trace, TraceWriter, file_name
from tests.notebook.recorded import attack
from tests.trace.examples import EXCHANGE, trace

LAST = "scenarios/malicious/forwarded-deliver-message"


def keep(found: Trace, folder: Path) -> Path:
    """As `run --trace` keeps it."""
    path = folder / file_name(found.header.scenario)
    writer = TraceWriter(path, found.header)
    for event in found.events:
        writer.add(event)
    writer.close()
    return path


def test_a_file_is_the_same_traffic_again(tmp_path: Path) -> None:
    loaded = load(keep(attack().trace, tmp_path))
    assert loaded.trace == attack().trace
    assert loaded.fields("recipients").equals(attack().fields("recipients"))


def test_a_folder_is_the_traffic_of_all(tmp_path: Path) -> None:
    keep(attack().trace, tmp_path)
    keep(trace(EXCHANGE), tmp_path)
    found = load_all(tmp_path)
    assert len(found) == 2
    assert "joins/second-device" in found
    assert repr(found["second-device"]) == repr(found["joins/second-device"])
    assert found.exchanges().height == len(attack().trace.exchanges) + 1
    assert found.events()["scenario"].n_unique() == 2
    assert "joins/second-device" in repr(found)
    assert "passed" in found._repr_html_()


def test_what_is_no_trace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="can't read"):
        load(tmp_path / "gone.jsonl")
    with pytest.raises(Refused, match=r"is a folder: load_all\(\)"):
        load(tmp_path)
    with pytest.raises(Refused, match="there are no traces"):
        load_all(tmp_path)


def test_a_scenario_that_was_not_run_is_refused() -> None:
    found = Traffics((trace(EXCHANGE),))
    with pytest.raises(Refused, match='"joins/second-device"'):
        found["joins/second-devise"]
    assert "joins/other" not in Traffics(())


def test_a_run_without_an_end_is_shown_as_unfinished() -> None:
    cut = replace(trace(EXCHANGE), events=trace(EXCHANGE).events[:2])
    assert "unfinished" in Traffics((cut,))._repr_html_()
