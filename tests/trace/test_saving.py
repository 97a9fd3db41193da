"""Files are written piece by piece, and errors say what couldn't be written."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.trace.saving import create_private, replace_file, save, unwritable
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


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A process whose files everybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_a_new_private_file(tmp_path: Path) -> None:
    with create_private(tmp_path / "key") as file:
        file.write(b"secret")
    assert (mode(tmp_path / "key"), (tmp_path / "key").read_bytes()) == (0o600, b"secret")


@pytest.mark.usefixtures("open_umask")
def test_what_lies_there_is_neither_written_nor_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "file").touch(mode=0o666)
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    (tmp_path / "dangling").symlink_to(tmp_path / "elsewhere")
    for name in ("file", "link", "dangling"):
        with pytest.raises(FileExistsError):
            create_private(tmp_path / name)
        replace_file(tmp_path / name, [b"sec", b"ret"], private=True)
        assert not (tmp_path / name).is_symlink()
        assert (mode(tmp_path / name), (tmp_path / name).read_bytes()) == (0o600, b"secret")
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert {each.name for each in tmp_path.iterdir()} == {"theirs", "file", "link", "dangling"}


def test_a_failure_leaves_neither_a_draft_nor_a_half(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"good")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    for name in ("page", "new"):
        with pytest.raises(ZeroDivisionError):
            replace_file(tmp_path / name, pieces())
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"page": b"good"}
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        replace_file(tmp_path / "folder", [b"x"])
    assert {each.name for each in tmp_path.iterdir()} == {"page", "folder"}


def test_a_folder_in_which_nothing_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        replace_file(tmp_path / "nowhere" / "key", [b"x"], private=True)


def test_what_is_open_already_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    replace_file(tmp_path / "pipe", [b"through"], private=True)
    assert os.read(reading, 100) == b"through"
    os.close(reading)
    kept = os.open(tmp_path / "kept", os.O_WRONLY | os.O_CREAT)
    replace_file(Path(f"/proc/self/fd/{kept}"), [b"in place"])
    os.close(kept)
    assert (tmp_path / "kept").read_bytes() == b"in place"
