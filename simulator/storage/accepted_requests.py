"""Which requests of clients have had their effect: what a provider knows a repetition by."""

import sqlite3


class Accepted:
    """Digests of accepted requests, each with the time of its acceptance, in elapsed seconds."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, digest: bytes, at: int, answer: bytes = b"") -> None:
        """Remember a request that `knows` does not know, and how it was answered."""
        self._db.execute("INSERT INTO accepted VALUES (?, ?, ?)", (digest, at, answer))

    def knows(self, digest: bytes) -> bool:
        """Whether this request was accepted, and not yet forgotten."""
        return self._db.execute("SELECT 1 FROM accepted WHERE digest = ?", (digest,)).fetchone() is not None

    def answer(self, digest: bytes) -> bytes | None:
        """How this request was answered; None where `knows` does not know it."""
        row = self._db.execute("SELECT answer FROM accepted WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else bytes(row[0])

    def forget(self, before: int) -> None:
        """Forget what was accepted before this time."""
        self._db.execute("DELETE FROM accepted WHERE at < ?", (before,))
