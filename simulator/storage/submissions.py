"""Which of our clients has sent which message to a hub: the hub may send it back, and does not name its sender."""

import sqlite3


class Submissions:
    """Digests of messages, each with its sender and the time when that was known, in elapsed seconds."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, digest: bytes, client: str, at: int) -> None:
        """The client is about to send it, for the first time or again."""
        self._db.execute("INSERT OR REPLACE INTO submissions VALUES (?, ?, ?)", (digest, client, at))

    def client(self, digest: bytes) -> str | None:
        """Who has sent it; None if none of ours has, or it is forgotten."""
        row = self._db.execute("SELECT client FROM submissions WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else str(row[0])

    def remove(self, digest: bytes) -> None:
        """It was not taken: nobody will send it back."""
        self._db.execute("DELETE FROM submissions WHERE digest = ?", (digest,))

    def forget(self, before: int) -> None:
        """Forget what was sent before this time."""
        self._db.execute("DELETE FROM submissions WHERE at < ?", (before,))
