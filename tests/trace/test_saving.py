"""Files are written piece by piece, and errors say what couldn't be written."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.trace.saving import save, unwritable
from tests.trace.examples import full_disk


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


def test_what_is_raised_in_the_middle_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("good")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save(file, pieces())
    with full_disk(50), pytest.raises(SimulatorError, match=r"can't write to .*file: File too large"):
        save(file, [b"x" * 100])
    assert file.read_text() == "good"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_leads_where_it_did_and_modes_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch(0o640)
    link.symlink_to(file)
    save(link, [b"new"])
    assert (link.is_symlink(), file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (True, b"new", 0o640)
    save(link, [b"newer"], private=True)
    assert (link.is_symlink(), file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (True, b"newer", 0o600)


def test_an_open_file_is_written_to_by_its_number(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb+") as out:
        save(Path(f"/dev/fd/{out.fileno()}"), [b"a", b"b"])
        out.seek(0)
        assert out.read() == b"ab"


def test_the_longest_name_there_is_can_be_written(tmp_path: Path) -> None:
    save(tmp_path / ("n" * 255), [b"a"])
    assert [file.name for file in tmp_path.iterdir()] == ["n" * 255]
