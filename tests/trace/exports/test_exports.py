"""Every export: what it says where it can't write, and what it leaves of what was there."""

from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.trace import Trace
from simulator.trace.exports import EXPORTS, Export
from tests.trace.examples import full_disk, trace


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_each_export_says_where_it_cannot_write(export: Export, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SimulatorError, match="can't write to"):
        export.write([trace()], tmp_path / "file" / "below")


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_each_export_says_that_a_disk_is_full(export: Export, crashed: Trace, tmp_path: Path) -> None:
    with full_disk(50), pytest.raises(SimulatorError, match=r"can't write to .*: File too large"):
        export.write([crashed], tmp_path / "there")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_each_export_has_a_name_of_its_own_and_says_what_it_writes() -> None:
    assert len({export.name for export in EXPORTS}) == len({export.about for export in EXPORTS}) == len(EXPORTS)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_each_export_takes_what_a_crash_has_left(export: Export, crashed: Trace, tmp_path: Path) -> None:
    assert crashed.result == "unfinished"
    export.write([crashed], tmp_path / "there")
    assert (tmp_path / "there").exists()
