"""The KeyPackages that were handed out for a token and that no Welcome has used: who may ask for a connection."""

import sqlite3
from collections.abc import Iterable, Mapping


class HandedOut:
    """By reference (KeyPackageRef), how often it was handed out and not used since."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, reference: bytes) -> None:
        """It was handed out once more."""
        self._db.execute(
            "INSERT INTO handed_out VALUES (?, 1) ON CONFLICT (reference) DO UPDATE SET times = times + 1", (reference,)
        )

    def of(self, references: Iterable[bytes]) -> Mapping[bytes, int]:
        """How often each of these may be used; what may not be is not among them."""
        found = {}
        for reference in references:
            row = self._db.execute("SELECT times FROM handed_out WHERE reference = ?", (reference,)).fetchone()
            if row is not None:
                found[reference] = int(row[0])
        return found

    def use(self, used: Mapping[bytes, int]) -> None:
        """These were used, each so many times."""
        rows = [(times, reference) for reference, times in used.items()]
        self._db.executemany("UPDATE handed_out SET times = times - ? WHERE reference = ?", rows)
        self._db.execute("DELETE FROM handed_out WHERE times <= 0")
