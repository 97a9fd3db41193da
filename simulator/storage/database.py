"""SQLite, with its failures told apart: what the disk, the file or another process is to blame for is a StoreError; a
mistake in our SQL, or a constraint that is broken, stays what it is.
"""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Self

from simulator.machine import MachineFailure

_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another process has locked it",
    sqlite3.SQLITE_LOCKED: "another process has locked it",
    sqlite3.SQLITE_PROTOCOL: "another process has locked it",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is no database",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened",
    sqlite3.SQLITE_READONLY: "it can't be written to",
    sqlite3.SQLITE_PERM: "access is not permitted",
    sqlite3.SQLITE_AUTH: "access is not permitted",
    sqlite3.SQLITE_IOERR: "the disk has failed, or a limit on the size of files is reached",
    sqlite3.SQLITE_TOOBIG: "a value is larger than SQLite stores",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_NOLFS: "the file system does not take files of that size",
}
"""By primary result code (https://www.sqlite.org/rescode.html)."""


class StoreError(MachineFailure):
    """The store can't be used, now or at all: says nothing about any peer, and is no bug of ours."""


class Database(sqlite3.Connection):
    """A connection whose statements raise StoreError. It never waits for a lock: nobody else may wait with it."""

    place = "the store in memory"
    cursors: "Callable[[sqlite3.Connection], Cursor]"
    """Makes what statements run on: some do something first."""

    def execute(self, *statement: Any) -> "Cursor":
        """One statement, on a cursor of its own."""
        return self.cursor(self.cursors).execute(*statement)

    def executemany(self, statement: str, rows: Iterable[Any], /) -> "Cursor":
        """One statement for each row, on a cursor of its own."""
        return self.cursor(self.cursors).executemany(statement, rows)

    def executescript(self, script: str, /) -> "Cursor":
        """Several statements, on a cursor of their own."""
        return self.cursor(self.cursors).executescript(script)

    def failure(self, error: sqlite3.Error) -> Exception:
        """What to raise in place of an error."""
        code = getattr(error, "sqlite_errorcode", None)
        reason = None if code is None else reason_of(code)
        if code is None and "decode" in str(error):  # text that is none
            reason = reason_of(sqlite3.SQLITE_CORRUPT)
        return error if reason is None else StoreError(f"can't use {self.place}: {reason} ({error})")


def reason_of(code: int) -> str | None:
    """What a result code of SQLite says about the machine; None where it says nothing about it."""
    return _REASONS.get(code & 0xFF)


class Cursor(sqlite3.Cursor):
    """One whose failures are StoreErrors."""

    connection: Database

    def execute(self, *statement: Any) -> Self:
        """As sqlite3 does. Raises StoreError."""
        try:
            return super().execute(*statement)
        except sqlite3.Error as error:
            raise self.connection.failure(error) from error

    def executemany(self, statement: str, rows: Iterable[Any], /) -> Self:
        """As sqlite3 does. Raises StoreError."""
        try:
            return super().executemany(statement, rows)
        except sqlite3.Error as error:
            raise self.connection.failure(error) from error

    def executescript(self, script: str, /) -> Self:
        """As sqlite3 does. Raises StoreError."""
        try:
            super().executescript(script)
        except sqlite3.Error as error:
            raise self.connection.failure(error) from error
        return self

    def fetchone(self) -> Any:
        """As sqlite3 does. Raises StoreError."""
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            raise self.connection.failure(error) from error

    def fetchall(self) -> list[Any]:
        """As sqlite3 does. Raises StoreError."""
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            raise self.connection.failure(error) from error

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.Error as error:
            raise self.connection.failure(error) from error


Database.cursors = Cursor


def open_database(path: Path | None) -> Database:
    """The database in a file, or a new one in memory. Raises StoreError."""
    try:
        db = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=0, factory=Database)
    except sqlite3.Error as error:
        raise StoreError(f"can't use {path} as a store: it can't be opened ({error})") from error
    if path is not None:
        db.place = f"the store {path}"
    return db
