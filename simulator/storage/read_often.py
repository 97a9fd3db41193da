"""Rows that are read for each request and hardly ever written: kept in memory as they were read last."""

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class ReadOften(Generic[K, V]):
    """The rows of one table that were found, by what they were looked up by; no more than the table has. Who writes to
    the table forgets them, and so does a transaction that is rolled back: only then may a row be another.
    """

    def __init__(self) -> None:
        self._rows: dict[K, V] = {}

    def get(self, key: K, read: Callable[[K], V | None]) -> V | None:
        """The row, which is read where it is not known; None where there is none."""
        row = self._rows.get(key)
        if row is None:
            row = read(key)
            if row is not None:
                self._rows[key] = row
        return row

    def forget(self) -> None:
        """Read them all again."""
        self._rows.clear()
