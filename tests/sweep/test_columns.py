"""The columns of a sweep's table."""

from pathlib import Path

import polars
import pytest

from simulator.errors import SimulatorError
from simulator.sweep.columns import Column, axis_names, columns, frame
from tests.sweep.small import SCENARIO, planned


def test_axes_measures_values_and_costs_in_this_order(tmp_path: Path) -> None:
    found = columns(planned(tmp_path, "parameters: {times: [1, 2]}\nvalues: {asked: {requests: {during: hello}}}"))
    names = [each.name for each in found]
    assert names[:7] == ["key", "scenario", "draft", "times", "waived", "seed", "repetition"]
    assert names.index("verdict") < names.index("asked") < names.index("failed_step") < names.index("cpu_seconds")
    assert axis_names(found) == ("scenario", "draft", "times", "waived")
    assert next(each.name for each in found if each.varies) == "run_seconds"
    assert all(each.meaning for each in found)


@pytest.mark.parametrize(
    ("values", "sort"), [("[1, 2]", "whole"), ("[1, 1.5]", "number"), ("[true]", "truth"), ("[1, a]", "text")]
)
def test_a_parameter_has_the_sort_of_its_values(tmp_path: Path, values: str, sort: str) -> None:
    scenario = SCENARIO.replace("times: 1}", "times: 1, other: 1}")
    found = columns(planned(tmp_path, f"parameters: {{other: {values}}}", scenario))
    assert next(each.sort for each in found if each.name == "other") == sort


def test_no_two_have_one_name(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match='two columns would be called "requests"'):
        columns(planned(tmp_path, "values: {requests: {requests: {}}}"))


def test_rows_as_a_frame() -> None:
    wanted = (Column("a", "text", "x"), Column("b", "whole", "x"), Column("c", "truth", "x"))
    made = frame([{"a": True, "b": 1}, {"a": 3, "c": False, "other": 1}], wanted)
    assert made.to_dicts() == [{"a": "true", "b": 1, "c": None}, {"a": "3", "b": None, "c": False}]
    assert frame((), wanted).schema == {"a": polars.String, "b": polars.Int64, "c": polars.Boolean}


def test_simulated_time_has_columns_where_there_is_a_network(tmp_path: Path) -> None:
    networked = SCENARIO.replace("topology:", "network: {latency: 1 ms}\ntopology:")
    without, names = ([each.name for each in columns(planned(tmp_path, "", text))] for text in (SCENARIO, networked))
    assert [name for name in names if name not in without] == ["simulated_seconds", "last_simulated_seconds"]
