"""The results of a sweep in a folder."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars
import pytest

from simulator.errors import SimulatorError
from simulator.sweep.columns import Column
from simulator.sweep.identity import Identity
from simulator.sweep.results import Results, about

COLUMNS = tuple(Column(name, "text", name) for name in ("key", "verdict", "message", "repeat"))
COLUMNS += (Column("ended", "number", "when"),)
IDENTITY = Identity("What?", "", 9, "digest", {}, "1", COLUMNS)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def row(key: object) -> dict[str, Any]:
    return {"key": str(key), "verdict": "passed", "ended": 100.0 + len(str(key))}


def keys(folder: Path) -> list[str]:
    return sorted(polars.read_parquet(folder / "runs" / "*.parquet")["key"].to_list())


def test_rows_are_on_the_disk_within_a_second_and_one_file_in_the_end(tmp_path: Path) -> None:
    clock = Clock()
    results = Results(tmp_path / "a", IDENTITY, clock)
    results.add(row(1))
    assert not list((tmp_path / "a" / "runs").iterdir())
    clock.now = 1.0
    results.add(row(2))
    assert keys(tmp_path / "a") == ["1", "2"]
    results.add(row(3))
    results.close()
    assert keys(tmp_path / "a") == ["1", "2", "3"]
    assert len(list((tmp_path / "a" / "runs").iterdir())) == 1
    assert about(tmp_path / "a") == IDENTITY


def test_it_goes_on_with_what_is_there(tmp_path: Path) -> None:
    first = Results(tmp_path, IDENTITY)
    first.add(row(1))
    first.close()
    again = Results(tmp_path, IDENTITY)
    assert [each["key"] for each in again.there] == ["1"]
    again.add(row(2))
    again.close()
    assert keys(tmp_path) == ["1", "2"]


def test_many_files_become_one_on_the_way(tmp_path: Path) -> None:
    results = Results(tmp_path, IDENTITY)
    for number in range(203):
        results.add(row(number))
        results.flush()
    assert len(list((tmp_path / "runs").iterdir())) < 5
    assert len(keys(tmp_path)) == 203
    results.close()


def test_what_is_in_two_files_counts_once(tmp_path: Path) -> None:
    """As where the process was killed between writing one file of many and deleting them."""
    results = Results(tmp_path, IDENTITY)
    results.add(row(1))
    results.flush()
    results.add(row(1))
    results.close()
    assert keys(tmp_path) == ["1"]


def test_the_folder_of_another_sweep_or_of_something_else(tmp_path: Path) -> None:
    Results(tmp_path / "a", IDENTITY).close()
    with pytest.raises(SimulatorError, match="the results of another sweep"):
        Results(tmp_path / "a", replace(IDENTITY, plan="other"))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "letter.txt").write_text("")
    with pytest.raises(SimulatorError, match="something else is in this folder"):
        Results(tmp_path / "b", IDENTITY)
    with pytest.raises(SimulatorError, match="can't write"):
        Results(tmp_path / "b" / "letter.txt", IDENTITY)
    with pytest.raises(SimulatorError, match="no results of a sweep"):
        about(tmp_path / "b")


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    first = Results(tmp_path, IDENTITY)
    with pytest.raises(SimulatorError, match="another process is writing"):
        Results(tmp_path, IDENTITY)
    first.close()
    Results(tmp_path, IDENTITY).close()


def test_files_that_are_none(tmp_path: Path) -> None:
    Results(tmp_path, IDENTITY).close()
    (tmp_path / "runs" / "runs-000001.parquet").write_bytes(b"x")
    with pytest.raises(SimulatorError, match="can't be read"):
        Results(tmp_path, IDENTITY)
    (tmp_path / "sweep.json").write_text("{}")
    with pytest.raises(SimulatorError, match="does not say what a sweep is of"):
        about(tmp_path)


def test_a_file_with_other_columns_is_named(tmp_path: Path) -> None:
    Results(tmp_path, IDENTITY).close()
    polars.DataFrame({"key": ["1"], "else": [2]}).write_parquet(tmp_path / "runs" / "runs-000001.parquet")
    with pytest.raises(SimulatorError, match=r"runs-000001.parquet: its columns .*; where it is deleted"):
        Results(tmp_path, IDENTITY)


@pytest.mark.parametrize("said", ["[]", "{}", "7", "{", '{"runs": -1}'])
def test_what_does_not_say_what_a_sweep_is_of(tmp_path: Path, said: str) -> None:
    Results(tmp_path, IDENTITY).close()
    whole = json.loads((tmp_path / "sweep.json").read_text())
    written = json.dumps({**whole, **json.loads(said)}) if "runs" in said else said
    (tmp_path / "sweep.json").write_text(written)
    with pytest.raises(SimulatorError, match=r"sweep.json: this does not say what a sweep is of"):
        about(tmp_path)


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    Results(tmp_path, IDENTITY).close()
    (tmp_path / "runs" / "runs-000001.parquet").symlink_to(tmp_path / "nowhere")
    with pytest.raises(SimulatorError, match=r"runs-000001.parquet: can't be read: No such file"):
        Results(tmp_path, IDENTITY)
