"""A store's file as it was at a moment, to be put back while others have it open: for whoever tries things out."""

import sqlite3
from contextlib import closing
from pathlib import Path


class Snapshot:
    """Of one file; the copy is beside it. A context manager, which closes what looks at the file."""

    def __init__(self, file: Path) -> None:
        self._file, self._copy = file, file.with_suffix(".saved")
        self._watcher = sqlite3.connect(file)

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self._watcher.close()

    @property
    def version(self) -> int:
        """A number that changes whenever anybody commits something to the file."""
        found: int = self._watcher.execute("PRAGMA data_version").fetchone()[0]
        return found

    def take(self) -> None:
        """This is what `put_back` goes back to."""
        _copy(self._file, self._copy)

    def put_back(self) -> None:
        """All is as it was when it was taken."""
        _copy(self._copy, self._file)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as from_there, closing(sqlite3.connect(target)) as to_here:
        from_there.backup(to_here)
