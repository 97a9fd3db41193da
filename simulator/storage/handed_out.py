"""The KeyPackages that were handed out for a token and that no Welcome has used: who may ask for a connection."""

import sqlite3
from collections.abc import Iterable, Mapping

from simulator.storage.integers import moment

_OF = "SELECT times FROM handed_out WHERE reference = ? AND not_after >= ?"


class HandedOut:
    """By reference (KeyPackageRef), how often it was handed out and not used since.

    After the end of its lifetime nobody may add it to a group (RFC 9420 7.3), so that no Welcome for it is made: then
    it is forgotten.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, reference: bytes, not_after: int, now: int) -> None:
        """It was handed out once more; its lifetime ends after `not_after` (Unix seconds). Those whose lifetime is over
        are forgotten.
        """
        self._db.execute("DELETE FROM handed_out WHERE not_after < ?", (now,))
        self._db.execute(
            "INSERT INTO handed_out VALUES (?, 1, ?) ON CONFLICT (reference) DO UPDATE SET times = times + 1",
            (reference, moment(not_after)),
        )

    def of(self, references: Iterable[bytes], now: int) -> Mapping[bytes, int]:
        """How often each of these may be used now; what may not be is not among them."""
        found = {}
        for reference in references:
            row = self._db.execute(_OF, (reference, now)).fetchone()
            if row is not None:
                found[reference] = int(row[0])
        return found

    def use(self, used: Mapping[bytes, int]) -> None:
        """These were used, each so many times."""
        rows = [(times, reference) for reference, times in used.items()]
        self._db.executemany("UPDATE handed_out SET times = times - ? WHERE reference = ?", rows)
        self._db.execute("DELETE FROM handed_out WHERE times <= 0")
