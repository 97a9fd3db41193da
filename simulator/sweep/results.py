"""The results of a sweep in a folder: what it is of, and a Parquet data set with a row a run.

    DIR/sweep.json            the experiment's identity, its columns, how many runs it has
    DIR/runs/*.parquet        a row a run; polars, pandas and DuckDB read all files as one table

Rows come as runs end. Those of a second or so are a file, which appears whole or not at all; many small files become a
large one, and all of them one in the end. Whatever ends the process, the folder has all runs but the last few, each
once: what is in a large file and also in a small one that was not yet deleted counts once, and the small one goes when
the folder is next written to.
"""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import SimulatorError
from simulator.extras import need
from simulator.sweep.columns import KEY, Column, frame
from simulator.sweep.folder_lock import FolderLock
from simulator.sweep.identity import Identity
from simulator.trace.saving import replace_file, unwritable

if TYPE_CHECKING:
    import polars

RUNS, ABOUT = "runs", "sweep.json"
_EVERY = 1.0
"""Seconds between two files."""
_MANY_WORDS = ("message", "repeat")
_MANY = 200
"""So many files become one."""
_WITHOUT = "where it is deleted, the same command does those runs again"


class Results:
    """The folder of one sweep. What is there is kept if it is of the same one."""

    def __init__(self, folder: Path, identity: Identity, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin, or go on. Raises SimulatorError where the folder is of another sweep, or can't be used, or polars is
        missing.
        """
        need("sweep")
        self.folder = folder
        self.columns = identity.columns
        self._runs = folder / RUNS
        self._clock = clock
        self._rows: list[Mapping[str, Any]] = []
        self._since = clock()
        self._lock = _begin(folder, identity)
        try:
            self.there: Sequence[Mapping[str, Any]] = self.read().drop(_MANY_WORDS).to_dicts()
            """The runs that were there, without what is long."""
        except SimulatorError:
            self._lock.release()
            raise
        self._small: list[Path] = []
        """The files since the last large one."""
        self._number = 1 + max((int(each.stem.partition("-")[2]) for each in _files(self._runs)), default=0)

    def read(self) -> "polars.DataFrame":
        """All rows, each run once."""
        return read_runs(self._runs, self.columns)

    def add(self, row: Mapping[str, Any]) -> None:
        """Keep a row: on the disk within a second or so, if others come. Raises SimulatorError."""
        self._rows.append(row)
        if self._clock() - self._since >= _EVERY:
            self.flush()

    def flush(self) -> None:
        """Write what was added. Raises SimulatorError."""
        self._since = self._clock()
        if self._rows:
            self._small.append(self._write(frame(self._rows, self.columns)))
            self._rows.clear()
            if len(self._small) >= _MANY:
                self._merge(self._small)

    def close(self) -> None:
        """All that was added is there, in one file. Raises SimulatorError."""
        try:
            self.flush()
            self._merge(_files(self._runs))
        finally:
            self._lock.release()

    def _merge(self, files: Sequence[Path]) -> None:
        """Put several files into one."""
        if len(files) > 1:
            self._write(_rows_of(files, self.columns))
            for file in files:
                with suppress(OSError):
                    file.unlink()
        self._small = []

    def _write(self, rows: "polars.DataFrame") -> Path:
        made = BytesIO()
        rows.write_parquet(made, metadata={each.name: each.meaning for each in self.columns})
        place = self._runs / f"runs-{self._number:06}.parquet"
        try:
            replace_file(place, (made.getvalue(),))
        except OSError as error:
            raise unwritable(place, error) from error
        self._number += 1
        return place


def read_runs(folder: Path, columns: Sequence[Column]) -> "polars.DataFrame":
    """The rows in a folder of Parquet files, each run once. Raises SimulatorError for a file that can't be read."""
    gone: list[Path] = []
    while files := _files(folder):
        try:
            return _rows_of(files, columns)
        except FileNotFoundError as error:
            if files == gone:  # else it has become part of another one meanwhile
                raise SimulatorError(f"{error.filename}: can't be read: {error.strerror}; {_WITHOUT}") from None
            gone = files
    return frame((), columns)


def _rows_of(files: Sequence[Path], columns: Sequence[Column]) -> "polars.DataFrame":
    """Raises FileNotFoundError, and SimulatorError for a file that can't be read, or has not these columns."""
    from simulator.extras import polars

    frames, shape = [], frame((), columns).schema
    for file in files:
        try:
            found = polars.read_parquet(BytesIO(file.read_bytes()))
        except FileNotFoundError:
            raise
        except (OSError, polars.exceptions.PolarsError) as error:
            raise SimulatorError(f"{file}: can't be read: {error}; {_WITHOUT}") from None
        if found.schema != shape:
            raise SimulatorError(f"{file}: its columns are not those of this sweep; {_WITHOUT}")
        frames.append(found)
    return polars.concat(frames).unique(KEY.name, keep="first", maintain_order=True)


def about(folder: Path) -> Identity:
    """What a folder's sweep is of. Raises SimulatorError where it has none."""
    place = folder / ABOUT
    try:
        return Identity.of_json(json.loads(place.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise SimulatorError(f"{folder}: there are no results of a sweep here") from None
    except OSError as error:
        raise SimulatorError(f"{place}: can't be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise SimulatorError(f"{place}: this does not say what a sweep is of: {error}") from None


def _begin(folder: Path, identity: Identity) -> FolderLock:
    """Make the folder, or see that it is this sweep's, and keep others out. Raises SimulatorError."""
    try:
        there = os.path.lexists(folder / ABOUT)
        if there:
            about(folder).check_same(identity, folder)
        folder.mkdir(parents=True, exist_ok=True)
        if not there and any(not entry.name.startswith(".") for entry in folder.iterdir() if entry.name != RUNS):
            raise SimulatorError(f"{folder}: something else is in this folder: name a new one, or an empty one")
        lock = FolderLock(folder)
        (folder / RUNS).mkdir(exist_ok=True)
        if not there:
            replace_file(folder / ABOUT, (json.dumps(asdict(identity), indent=1, ensure_ascii=False).encode(),))
    except OSError as error:
        raise unwritable(folder, error) from error
    return lock


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("runs-*.parquet"))
