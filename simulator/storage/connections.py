"""Who may add whom."""

import sqlite3


class Connections:
    """The connections of our users: `user` is ours, `peer` may be anybody's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, user: str, peer: str, now: int) -> None:
        """`user` lets `peer` in; nothing happens if it already does."""
        self._db.execute("INSERT OR IGNORE INTO connections VALUES (?, ?, ?)", (user, peer, now))

    def remove(self, user: str, peer: str) -> None:
        """`user` does not let `peer` in any longer."""
        self._db.execute("DELETE FROM connections WHERE user = ? AND peer = ?", (user, peer))

    def exists(self, user: str, peer: str) -> bool:
        """Whether `user` lets `peer` in."""
        row = self._db.execute("SELECT 1 FROM connections WHERE user = ? AND peer = ?", (user, peer))
        return row.fetchone() is not None

    def of(self, user: str) -> tuple[str, ...]:
        """Whom `user` lets in, in the order of their names."""
        rows = self._db.execute("SELECT peer FROM connections WHERE user = ? ORDER BY peer", (user,))
        return tuple(peer for (peer,) in rows)
