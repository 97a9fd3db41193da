"""Files are written piece by piece, and errors say what couldn't be written."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.trace import Trace
from simulator.trace.exports import EXPORTS, Export
from simulator.trace.exports.output import save, unwritable
from tests.trace.examples import full_disk, trace


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("something longer")
    save(file, (piece for piece in (b"a", b"b")))
    assert file.read_bytes() == b"ab"


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match=r"can't write to .*: Is a directory"):
        save(tmp_path, [b"a"])
    with pytest.raises(SimulatorError, match=r"can't write to .*nowhere/file: No such file or directory"):
        save(tmp_path / "nowhere/file", [b"a"])
    assert str(unwritable(Path("x"), OSError(28, "No space left on device"))) == (
        "can't write to x: No space left on device"
    )


def test_a_reader_who_has_enough_is_no_error(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def pieces() -> Iterator[bytes]:
        yield b"read"
        os.close(reader)
        yield b"x" * 100_000

    save(pipe, pieces())


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_each_export_says_where_it_cannot_write(export: Export, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SimulatorError, match="can't write to"):
        export.write([trace()], tmp_path / "file" / "below")


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_each_export_says_that_a_disk_is_full(export: Export, crashed: Trace, tmp_path: Path) -> None:
    with full_disk(50), pytest.raises(SimulatorError, match=r"can't write to .*: File too large"):
        export.write([crashed], tmp_path / "there")


def test_each_export_has_a_name_of_its_own_and_says_what_it_writes() -> None:
    assert len({export.name for export in EXPORTS}) == len({export.about for export in EXPORTS}) == len(EXPORTS)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_each_export_takes_what_a_crash_has_left(export: Export, crashed: Trace, tmp_path: Path) -> None:
    assert crashed.result == "unfinished"
    export.write([crashed], tmp_path / "there")
    assert (tmp_path / "there").exists()
