"""The files that our clients have uploaded: messages refer to them, and whoever knows the name of one may have it."""

import sqlite3


class Files:
    """Files by their names, each with its user (a URI) and the time of the upload, in elapsed seconds."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, name: str, user: str, data: bytes, at: int) -> None:
        """Keep a file of a user's."""
        row = (name, user, data, at)
        self._db.execute("INSERT INTO files (name, user, data, at) VALUES (?, ?, ?, ?)", row)

    def get(self, name: str, since: int) -> bytes | None:
        """What is in the file; None if there is none of this name, or it was uploaded before that time."""
        row = self._db.execute("SELECT data FROM files WHERE name = ? AND at >= ?", (name, since)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_newest(self, user: str, most: int) -> None:
        """Forget the oldest files of a user's, where there are more than that."""
        self._db.execute(
            "DELETE FROM files WHERE user = ?1 AND number NOT IN"
            " (SELECT number FROM files WHERE user = ?1 ORDER BY number DESC LIMIT ?2)",
            (user, most),
        )

    def forget(self, before: int) -> None:
        """Forget what was uploaded before this time."""
        self._db.execute("DELETE FROM files WHERE at < ?", (before,))
