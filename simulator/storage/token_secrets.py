"""Secrets of this provider that its challenges and its users' pseudonyms follow from."""

import sqlite3


class TokenSecrets:
    """One for each purpose."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, purpose: str) -> bytes | None:
        """The secret, if there is one yet."""
        row = self._db.execute("SELECT secret FROM token_secrets WHERE purpose = ?", (purpose,)).fetchone()
        return None if row is None else bytes(row[0])

    def put(self, purpose: str, secret: bytes) -> None:
        """Remember a secret, in place of the one before."""
        self._db.execute("INSERT OR REPLACE INTO token_secrets VALUES (?, ?)", (purpose, secret))
