"""Stores whose statements fail because somebody wants them to, as SQLite's do where a machine breaks."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import partial
from typing import Any, Self

from simulator.errors import SimulatorError
from simulator.storage.database import Cursor, Database, StoreError, reason_of

_RELIABLE: ContextVar[bool] = ContextVar("reliable", default=False)
"""Whether no store fails here."""


class Trouble(Enum):
    """What SQLite says then (https://www.sqlite.org/rescode.html), and whether it rolls the transaction back itself."""

    code: int
    rolls_back: bool

    def __new__(cls, word: str, code: int, rolls_back: bool) -> "Trouble":
        """The word is the value."""
        made = object.__new__(cls)
        made._value_ = word
        made.code = code
        made.rolls_back = rolls_back
        return made

    FULL = "full", sqlite3.SQLITE_FULL, True
    BROKEN = "broken", sqlite3.SQLITE_IOERR, True
    LOCKED = "locked", sqlite3.SQLITE_BUSY, False
    DAMAGED = "damaged", sqlite3.SQLITE_CORRUPT, False
    READ_ONLY = "read_only", sqlite3.SQLITE_READONLY, False


class InjectedStoreError(StoreError, SimulatorError):
    """A statement has failed because somebody wanted that: the machine has nothing."""


Fails = Callable[[str], Trouble | None]
"""How a statement fails, by its text; None if it does not."""


@contextmanager
def reliably() -> Iterator[None]:
    """No statement of this task fails as long as the block lasts: for whoever looks into stores from outside."""
    token = _RELIABLE.set(True)
    try:
        yield
    finally:
        _RELIABLE.reset(token)


def let_fail(db: Database, fails: Fails | None) -> None:
    """Ask this before each statement from now on; with None statements run as ever, and as fast."""
    db.cursors = Cursor if fails is None else partial(_FailingCursor, fails=fails)


class _FailingCursor(Cursor):
    """One that fails before it asks SQLite, a SELECT so before its first row."""

    def __init__(self, connection: sqlite3.Connection, fails: Fails) -> None:
        super().__init__(connection)
        self._fails = fails

    def execute(self, *statement: Any) -> Self:
        self._meet(statement[0])
        return super().execute(*statement)

    def executemany(self, statement: str, rows: Iterable[Any], /) -> Self:
        self._meet(statement)
        return super().executemany(statement, rows)

    def executescript(self, script: str, /) -> Self:
        self._meet(script)
        return super().executescript(script)

    def _meet(self, text: str) -> None:
        trouble = None if _RELIABLE.get() else self._fails(text)
        if trouble is None:
            return
        if trouble.rolls_back and self.connection.in_transaction:
            self.connection.rollback()
        raise InjectedStoreError(f"the store is made to fail: {reason_of(trouble.code)}")
