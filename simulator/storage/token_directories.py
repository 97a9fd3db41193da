"""The directories of issuers, of which there is one copy for all users."""

import json
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.privacy_pass.following import KeptDirectory


class TokenDirectories:
    """One for each issuer: the last that it published."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, issuer: str) -> "KeptDirectory | None":
        """What is known of an issuer, over or not."""
        from simulator.privacy_pass.directory import read_directory
        from simulator.privacy_pass.following import KeptDirectory

        row = self._db.execute(
            "SELECT content, fetched, until, changes FROM token_directories WHERE issuer = ?", (issuer,)
        ).fetchone()
        if row is None:
            return None
        content, fetched, until, changes = row
        return KeptDirectory(read_directory(content), fetched, until, tuple(json.loads(changes)))

    def put(self, issuer: str, kept: "KeptDirectory") -> None:
        """Remember a copy in place of the last."""
        from simulator.privacy_pass.directory import write_directory

        row = (issuer, write_directory(kept.directory), kept.fetched, kept.until, json.dumps(kept.changes))
        self._db.execute("INSERT OR REPLACE INTO token_directories VALUES (?, ?, ?, ?, ?)", row)

    def remove(self, issuer: str) -> None:
        """Forget what an issuer has published."""
        self._db.execute("DELETE FROM token_directories WHERE issuer = ?", (issuer,))
