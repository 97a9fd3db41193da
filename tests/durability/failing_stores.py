"""Stores whose statements fail as SQLite's do: a disk that is full or broken, a lock, damage, no right to write."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from unittest.mock import patch

from simulator.storage.database import Database


class Trouble(Enum):
    """What SQLite says (https://www.sqlite.org/rescode.html), and whether it rolls back by itself then."""

    FULL = (sqlite3.SQLITE_FULL, True)
    BROKEN = (sqlite3.SQLITE_IOERR, True)
    LOCKED = (sqlite3.SQLITE_BUSY, False)
    DAMAGED = (sqlite3.SQLITE_CORRUPT, False)
    READ_ONLY = (sqlite3.SQLITE_READONLY, False)

    @property
    def rolls_back(self) -> bool:
        """Whether the transaction is over."""
        return self.value[1]

    def error(self) -> sqlite3.Error:
        """As the sqlite3 module raises it."""
        error = sqlite3.DatabaseError(f"{self.name}, because a test wants it")
        error.sqlite_errorcode = self.value[0]
        return error


@dataclass(frozen=True, order=True)
class Statement:
    """What a provider is about to ask its store."""

    provider: str
    text: str

    def __str__(self) -> str:
        return f"{self.provider} {' '.join(self.text.split())[:60]}"


Fails = Callable[[Statement], Trouble | None]
"""How a statement fails; None if it does not."""


class FailingStores:
    """Stores in files that are called as their providers, whose every statement asks `fails` first.

    A SELECT fails before its first row.
    """

    def __init__(self, fails: Fails) -> None:
        self._fails = fails
        self._reliable = True

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Let stores that are opened in a `with` block be such ones. As long as nobody says `failing`, none fails."""
        meet = self._meet

        class Failing(Database):
            def execute(self, *statement: Any) -> Any:
                meet(self, statement[0])
                return super().execute(*statement)

            def executemany(self, statement: str, rows: Any, /) -> Any:
                meet(self, statement)
                return super().executemany(statement, rows)

            def executescript(self, script: str, /) -> Any:
                meet(self, script)
                return super().executescript(script)

        with patch("simulator.storage.database.Database", Failing):
            yield

    @contextmanager
    def failing(self, *, reliable: bool = False) -> Iterator[None]:
        """Let them fail for the time of a `with` block."""
        before, self._reliable = self._reliable, reliable
        try:
            yield
        finally:
            self._reliable = before

    def _meet(self, db: Database, text: str) -> None:
        if self._reliable:
            return
        trouble = self._fails(Statement(Path(db.place).stem, text))
        if trouble is None:
            return
        if trouble.rolls_back and db.in_transaction:
            Database.execute(db, "ROLLBACK")
        raise db.failure(trouble.error())
