"""Where other providers have asked for a token."""

import sqlite3


class ProtectedEndpoints:
    """By host of the origin, and name of the endpoint."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, origin: str, endpoint: str) -> None:
        """A token was asked for there."""
        self._db.execute("INSERT OR IGNORE INTO protected_endpoints VALUES (?, ?)", (origin, endpoint))

    def of(self, origin: str) -> tuple[str, ...]:
        """Where one was asked for at an origin."""
        rows = self._db.execute(
            "SELECT endpoint FROM protected_endpoints WHERE origin = ? ORDER BY endpoint", (origin,)
        )
        return tuple(endpoint for (endpoint,) in rows)
