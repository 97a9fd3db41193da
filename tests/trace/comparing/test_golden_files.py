"""Whose golden trace a file is: what was recorded verifies, whatever else has been recorded beside it, and when."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from simulator.trace import Trace
from simulator.trace.comparing.golden import record, verify
from simulator.trace.comparing.golden_files import files, golden_name, scenario_line, without_scenario_line
from tests.trace.examples import EXCHANGE, JOINED, trace

SAME_PLACE = ("scenarios/lost", "/elsewhere/scenarios/lost", "lost", "../scenarios/lost")


def called(scenario: str, seed: int = 1) -> Trace:
    """A trace under an id, another with each seed."""
    return replace(trace(EXCHANGE, JOINED), header=replace(trace().header, scenario=scenario, seed=seed))


def test_a_scenario_has_one_golden_trace_from_wherever_it_is_run() -> None:
    assert golden_name("/work/main/scenarios/joins/x") == golden_name("scenarios/joins/x") == "joins__x.txt"


@pytest.mark.parametrize("order", list(permutations(SAME_PLACE)), ids=" then ".join)
def test_what_was_recorded_in_runs_of_their_own_verifies(tmp_path: Path, order: tuple[str, ...]) -> None:
    traces = [called(scenario, seed) for seed, scenario in enumerate(order)]
    for one in traces:
        record([one], tmp_path)
    assert len(list(tmp_path.glob("*/*"))) == len(traces) + 1, "each has a file, and there are the shapes"
    for one in traces:
        assert not verify([one], tmp_path)
    assert not verify(traces, tmp_path, complete=True)
    before = {file: file.read_bytes() for file in tmp_path.glob("*/*")}
    record(traces, tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.glob("*/*")} == before


@pytest.mark.parametrize("recorded", SAME_PLACE)
@pytest.mark.parametrize("run", SAME_PLACE)
def test_it_is_found_from_elsewhere_where_nobody_else_has_the_place(tmp_path: Path, recorded: str, run: str) -> None:
    record([called(recorded)], tmp_path)
    assert not verify([called(run)], tmp_path)


def test_of_two_that_are_run_each_is_compared_with_its_own_only(tmp_path: Path) -> None:
    record([called("lost")], tmp_path)
    changes = verify([called("scenarios/lost", 2), called("lost")], tmp_path)
    assert [(change.scenario, change.new) for change in changes.changes] == [
        ("scenarios/lost", "has none: --record makes it")
    ]


@pytest.mark.parametrize("said", ["", '"lost', "[" * 100_000, "7", "[1]"], ids=lambda said: said[:9])
def test_a_damaged_line_of_the_owner_gives_its_file_to_nobody(tmp_path: Path, said: str) -> None:
    record([called("lost")], tmp_path)
    file = tmp_path / trace().header.draft / golden_name("lost")
    file.write_text(f"scenario {said}\n" + without_scenario_line(file.read_text()))
    damaged = file.read_text()
    assert verify([called("lost")], tmp_path)
    record([called("lost")], tmp_path)
    assert file.read_text() == damaged
    assert not verify([called("lost")], tmp_path)


def test_ids_of_any_characters_are_told_in_one_line() -> None:
    for scenario in ("a\nb", "\u2028", "a\x85b", '"'):
        assert without_scenario_line(scenario_line(scenario) + "rest\n") == "rest\n"
    assert scenario_line("scenarios/joins/x") == ""


def test_repeated_runs_have_files_of_their_own(tmp_path: Path) -> None:
    again = [replace(called("lost", seed), again=True) for seed in (3, 4)]
    assert [file.name for file in files(again, tmp_path, to_record=True)] == ["lost seed 3.txt", "lost seed 4.txt"]
