"""Which requests of clients have had their effect: what a provider knows a repetition by."""

import sqlite3

KEPT = 1000
"""How many requests are remembered however old they are."""


class Accepted:
    """Digests of accepted requests, each with the time of its acceptance in elapsed seconds."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, digest: bytes, at: int) -> None:
        """Remember a request, from now on."""
        self._db.execute("INSERT OR REPLACE INTO accepted VALUES (?, ?)", (digest, at))

    def knows(self, digest: bytes, since: int) -> bool:
        """Whether this request was accepted then or later, and not yet forgotten."""
        row = self._db.execute("SELECT 1 FROM accepted WHERE digest = ? AND at >= ?", (digest, since))
        return row.fetchone() is not None

    def forget(self, before: int) -> None:
        """Forget what was accepted before this time, but for the `KEPT` last.

        A clock that is ahead for a moment must not make a client's repetition unknown.
        """
        last = self._db.execute("SELECT at FROM accepted ORDER BY at DESC LIMIT 1 OFFSET ?", (KEPT,)).fetchone()
        if last is not None:
            self._db.execute("DELETE FROM accepted WHERE at < ? AND at <= ?", (before, last[0]))
