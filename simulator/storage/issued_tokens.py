"""Which tokens this provider has issued, to whom: what its budgets count."""

import sqlite3

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """That a token was issued: all that an issuer remembers of it. The same request makes the same row."""

    window: int
    provider: str
    holder: bytes
    """The pseudonym of a user; empty where the budget is the provider's."""
    digest: bytes
    """Of the blinded message."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tokens were issued in the window of a row, and whether it is one of them."""

    to_provider: int
    to_holder: int
    repeated: bool


class IssuedTokens:
    """One row for each token of the windows that count."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def tally(self, row: IssuedToken) -> Tally:
        """What is counted with a row, which need not be there."""
        found = self._db.execute(
            "SELECT count(*), coalesce(sum(holder = ?3), 0), coalesce(sum(holder = ?3 AND digest = ?4), 0)"
            " FROM issued_tokens WHERE window = ?1 AND provider = ?2",
            (row.window, row.provider, row.holder, row.digest),
        ).fetchone()
        return Tally(found[0], found[1], bool(found[2]))

    def add(self, row: IssuedToken) -> None:
        """Count it; nothing happens if it is counted."""
        values = (row.window, row.provider, row.holder, row.digest)
        self._db.execute("INSERT OR IGNORE INTO issued_tokens VALUES (?, ?, ?, ?)", values)

    def counts(self, provider: str) -> dict[tuple[int, bytes], int]:
        """How many a provider got, by window and holder."""
        rows = self._db.execute(
            "SELECT window, holder, count(*) FROM issued_tokens WHERE provider = ? GROUP BY window, holder"
            " ORDER BY window, holder",
            (provider,),
        )
        return {(window, holder): count for window, holder, count in rows}

    def digests(self, provider: str) -> frozenset[bytes]:
        """Of all blinded messages that a provider got signed."""
        rows = self._db.execute("SELECT digest FROM issued_tokens WHERE provider = ?", (provider,))
        return frozenset(digest for (digest,) in rows)

    def forget(self, before: int) -> None:
        """Forget those of windows before this one."""
        self._db.execute("DELETE FROM issued_tokens WHERE window < ?", (before,))
