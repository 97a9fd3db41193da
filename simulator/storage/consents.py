"""Who may add whom, as far as one of the two has said it."""

import sqlite3
from enum import Enum

EVERYTHING = ""
"""The scope of a consent that is for no group in particular."""


class ConsentWord(Enum):
    """The last word about a consent."""

    requested = "requested"
    granted = "granted"
    revoked = "revoked"


class Consents:
    """What `requester` may do with `target`: add it to the group that `scope` names, or to any (EVERYTHING)."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, requester: str, target: str, scope: str, word: ConsentWord, now: int) -> None:
        """The last word from now on; nothing happens if it was that before."""
        self._db.execute(
            "INSERT INTO consents VALUES (?, ?, ?, ?, ?) ON CONFLICT (target, requester, scope)"
            " DO UPDATE SET word = excluded.word, since = excluded.since WHERE word != excluded.word",
            (requester, target, scope, word.value, now),
        )

    def get(self, requester: str, target: str, scope: str) -> ConsentWord | None:
        """The last word in exactly this scope."""
        row = self._db.execute(
            "SELECT word FROM consents WHERE target = ? AND requester = ? AND scope = ?", (target, requester, scope)
        ).fetchone()
        return None if row is None else ConsentWord(row[0])

    def scopes(self, requester: str, target: str, word: ConsentWord) -> tuple[str, ...]:
        """The scopes in which this is the last word."""
        rows = self._db.execute(
            "SELECT scope FROM consents WHERE target = ? AND requester = ? AND word = ? ORDER BY scope",
            (target, requester, word.value),
        )
        return tuple(scope for (scope,) in rows)

    def remove(self, requester: str, target: str, scope: str) -> None:
        """As if nothing had ever been said in this scope."""
        self._db.execute(
            "DELETE FROM consents WHERE target = ? AND requester = ? AND scope = ?", (target, requester, scope)
        )

    def remove_target(self, target: str) -> None:
        """Forget all that this user has been asked for and has granted."""
        self._db.execute("DELETE FROM consents WHERE target = ?", (target,))

    def requests_to(self, target: str) -> tuple[tuple[str, str], ...]:
        """The requester and scope of each request to this user that has no answer, oldest first."""
        rows = self._db.execute(
            "SELECT requester, scope FROM consents WHERE target = ? AND word = ? ORDER BY since, requester, scope",
            (target, ConsentWord.requested.value),
        )
        return tuple((requester, scope) for requester, scope in rows)
