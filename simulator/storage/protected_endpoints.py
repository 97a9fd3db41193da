"""Where other providers have asked for a token."""

import sqlite3


class ProtectedEndpoints:
    """By host of the origin, and name of the endpoint."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, origin: str, endpoint: str) -> None:
        """A token was asked for there."""
        self._db.execute("INSERT OR IGNORE INTO protected_endpoints VALUES (?, ?)", (origin, endpoint))

    def has(self, origin: str, endpoint: str) -> bool:
        """Whether one was."""
        row = self._db.execute(
            "SELECT 1 FROM protected_endpoints WHERE origin = ? AND endpoint = ?", (origin, endpoint)
        ).fetchone()
        return row is not None
