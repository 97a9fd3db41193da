"""The challenges of other providers that this one follows until they are over."""

import sqlite3
from typing import TYPE_CHECKING

from simulator.codec import decode, encode
from simulator.dataclass import dataclass

if TYPE_CHECKING:
    from simulator.privacy_pass.challenge import TokenChallenge


@dataclass(frozen=True, slots=True)
class KnownChallenge:
    """The one challenge of an origin; `until` in seconds, as the provider counts them."""

    origin: str
    """The host."""
    challenge: "TokenChallenge"
    token_key: bytes | None
    """The issuer's key that came with it (SPKI)."""
    until: int


class KnownChallenges:
    """One for each origin: the last."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, origin: str) -> KnownChallenge | None:
        """What an origin has asked for last, over or not."""
        from simulator.privacy_pass.challenge import TokenChallenge

        row = self._db.execute("SELECT * FROM known_challenges WHERE origin = ?", (origin,)).fetchone()
        return None if row is None else KnownChallenge(row[0], decode(TokenChallenge, row[1]), row[2], row[3])

    def put(self, known: KnownChallenge) -> None:
        """Remember a challenge in place of the last."""
        row = (known.origin, encode(known.challenge), known.token_key, known.until)
        self._db.execute("INSERT OR REPLACE INTO known_challenges VALUES (?, ?, ?, ?)", row)
