"""The tokens that were presented at this provider, each with the answer that it got."""

import sqlite3

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was sent."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class SpentToken:
    """What an origin remembers of a token, by its nonce."""

    nonce: bytes
    request: bytes
    """The digest of what it was presented with."""
    window: int
    """The number of the one that it was then."""
    answer: KeptAnswer | None = None
    """None until there is one that settles it."""


class SpentTokens:
    """One row for each nonce of the windows whose tokens are taken."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, nonce: bytes) -> SpentToken | None:
        """What is known of a token."""
        row = self._db.execute(
            "SELECT nonce, request, window, status, answer FROM spent_tokens WHERE nonce = ?", (nonce,)
        ).fetchone()
        return None if row is None else _spent(row)

    def all(self) -> tuple[SpentToken, ...]:
        """All that is remembered, by nonce."""
        rows = self._db.execute("SELECT nonce, request, window, status, answer FROM spent_tokens ORDER BY nonce")
        return tuple(map(_spent, rows))

    def put(self, spent: SpentToken) -> None:
        """Remember this of a token, in place of what was known."""
        status, body = (None, None) if spent.answer is None else (spent.answer.status, spent.answer.body)
        row = (spent.nonce, spent.request, spent.window, status, body)
        self._db.execute("INSERT OR REPLACE INTO spent_tokens VALUES (?, ?, ?, ?, ?)", row)

    def forget(self, before: int) -> None:
        """Forget those of windows before this one."""
        self._db.execute("DELETE FROM spent_tokens WHERE window < ?", (before,))

    def __len__(self) -> int:
        """How many are remembered."""
        (count,) = self._db.execute("SELECT count(*) FROM spent_tokens").fetchone()
        return int(count)


def _spent(row: tuple[bytes, bytes, int, int | None, bytes | None]) -> SpentToken:
    nonce, request, window, status, body = row
    return SpentToken(nonce, request, window, None if status is None or body is None else KeptAnswer(status, body))
