"""Where whatever is made for somebody is written: beside what is there, and put in its place when it is whole."""

import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from simulator.errors import SimulatorError

_STREAMS = ("/dev/std", "/dev/fd/", "/proc/")
STDOUT = Path("-")
"""The path that means standard output."""
PRIVATE, PUBLIC = 0o600, 0o666
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def save(path: Path, pieces: Iterable[bytes], *, private: bool = False) -> None:
    """As `replace_file`, where somebody has named the path, a link or not, and in words: raises SimulatorError. `-` is
    standard output.
    """
    if path == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
        return
    try:
        replace_file(path if _is_stream(path) else Path(os.path.realpath(path)), pieces, private=private)
    except OSError as error:
        raise unwritable(path, error) from error


def replace_file(path: Path, pieces: Iterable[bytes], *, private: bool = False) -> None:
    """Write a file piece by piece. What is there already is replaced at once, when all pieces are written; whatever is
    raised before that, it stays as it was. Pipes and devices are written to as they are; one whose reader has gone
    (`| head`) is no error.

    What is `private` this user alone may read: a link or a file that somebody has put there is replaced, never followed
    or written to. Raises OSError.
    """
    if not _is_stream(path):
        if private:
            _put(path, pieces, PRIVATE)
        else:
            _replace(Path(os.path.realpath(path)), pieces)
        return
    with suppress(BrokenPipeError), path.open("wb") as file:
        file.writelines(pieces)


def create_private(path: Path) -> BinaryIO:
    """A new file that this user alone may read, without buffer. Raises FileExistsError for whatever is there, a link
    too, and OSError.
    """
    return os.fdopen(os.open(path, _ANEW, PRIVATE), "wb", buffering=0)


def unwritable(path: Path, error: OSError) -> SimulatorError:
    """What to say when something can't be written."""
    return SimulatorError(f"can't write to {path}: {error.strerror}")


def _is_stream(path: Path) -> bool:
    """Whether there is nothing that could be replaced: a pipe, a device, an open file by its number."""
    if str(path).startswith(_STREAMS):
        return True
    return os.path.exists(path) and not os.path.isfile(path)


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    there = os.path.exists(path)
    if there and not os.access(path, os.W_OK):
        raise PermissionError(13, os.strerror(13))
    try:
        _put(path, pieces, stat.S_IMODE(path.stat().st_mode) if there else None)
    except _NoDraft:
        if not there:
            raise
        path.write_bytes(b"".join(pieces))  # a folder in which nothing can be made, and a file in it that can change


def _put(path: Path, pieces: Iterable[bytes], mode: int | None) -> None:
    """Raises _NoDraft where nothing can be made in the folder."""
    draft = path.with_name(f".{token_hex(8)}.mimi-sim")
    try:
        handle = os.open(draft, _ANEW, PUBLIC if mode is None else mode)
    except OSError as error:
        raise _NoDraft(error.errno, error.strerror) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        if mode is not None:
            os.chmod(draft, mode)  # whatever the umask
        os.replace(draft, path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


class _NoDraft(OSError):
    """Nothing can be made beside a file."""
