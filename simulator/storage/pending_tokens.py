"""Tokens that were asked for and did not come yet: what asks for one again in the same octets, after a restart too."""

import sqlite3
from typing import TYPE_CHECKING

from simulator.codec import decode, encode

if TYPE_CHECKING:
    from simulator.privacy_pass.issuance import PendingToken, TokenRequest

_INVERSE_SIZE = 256


class PendingTokens:
    """At most one for each challenge, key and holder: a user (URI), or None where it is anybody's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, challenge_digest: bytes, token_key: bytes, holder: str | None) -> "PendingToken | None":
        """What was asked for under this key (SPKI), if anything was."""
        from simulator.privacy_pass.issuance import PendingToken, TokenRequest
        from simulator.privacy_pass.token import AuthenticatorInput

        row = self._db.execute(
            "SELECT fields, request, inverse FROM pending_tokens WHERE challenge = ? AND token_key = ? AND holder = ?",
            (challenge_digest, token_key, holder or ""),
        ).fetchone()
        if row is None:
            return None
        fields, request, inverse = row
        return PendingToken(
            decode(AuthenticatorInput, fields), token_key, decode(TokenRequest, request), int.from_bytes(inverse, "big")
        )

    def requests(self) -> "tuple[TokenRequest, ...]":
        """All that is asked for and did not come."""
        from simulator.privacy_pass.issuance import TokenRequest

        return tuple(
            decode(TokenRequest, request) for (request,) in self._db.execute("SELECT request FROM pending_tokens")
        )

    def put(self, pending: "PendingToken", holder: str | None, until: int) -> None:
        """Remember what is asked for, until its challenge is over (seconds as the provider counts them)."""
        self._db.execute(
            "INSERT INTO pending_tokens VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                pending.fields.challenge_digest,
                pending.token_key,
                holder or "",
                encode(pending.fields),
                encode(pending.request),
                pending.inverse.to_bytes(_INVERSE_SIZE, "big"),
                until,
            ),
        )

    def remove(self, pending: "PendingToken", holder: str | None) -> None:
        """It came, or won't come."""
        self._db.execute(
            "DELETE FROM pending_tokens WHERE challenge = ? AND token_key = ? AND holder = ?",
            (pending.fields.challenge_digest, pending.token_key, holder or ""),
        )

    def forget(self, now: int) -> None:
        """Forget those whose challenge is over."""
        self._db.execute("DELETE FROM pending_tokens WHERE until <= ?", (now,))
