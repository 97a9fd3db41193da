"""The tokens that this provider has got for itself and its users."""

import sqlite3
from typing import TYPE_CHECKING

from simulator.codec import decode, encode
from simulator.dataclass import dataclass

if TYPE_CHECKING:
    from simulator.privacy_pass.token import Token


@dataclass(frozen=True, slots=True)
class WalletToken:
    """A token that was not presented yet."""

    origin: str
    """The host that it is for."""
    issuer: str
    token: "Token"
    holder: str | None
    """The user (URI) that it was issued for; None where it is anybody's."""
    until: int
    """When its challenge is over, in seconds as the provider counts them."""


class Wallet:
    """Tokens in the order in which they came. Those that were presented stay, since it matters how many users got one,
    and since the same request may have to be paid with the same one again.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, kept: WalletToken) -> None:
        """Put a token in; nothing changes where it is there, or was presented from here."""
        token = kept.token
        self._db.execute(
            "INSERT INTO wallet (origin, issuer, nonce, challenge, key_id, holder, token, until)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (nonce) DO NOTHING",
            (
                kept.origin,
                kept.issuer,
                token.nonce,
                token.challenge_digest,
                token.token_key_id,
                kept.holder,
                encode(token),
                kept.until,
            ),
        )

    def of(self, origin: str) -> tuple[WalletToken, ...]:
        """Those for an origin that were not presented."""
        from simulator.privacy_pass.token import Token

        rows = self._db.execute(
            "SELECT origin, issuer, token, holder, until FROM wallet WHERE origin = ? AND NOT presented ORDER BY place",
            (origin,),
        )
        return tuple(
            WalletToken(host, issuer, decode(Token, token), holder, until)
            for host, issuer, token, holder, until in rows
        )

    def nonces_from(self, issuer: str) -> frozenset[bytes]:
        """Of all tokens that came from an issuer, presented or not."""
        rows = self._db.execute("SELECT nonce FROM wallet WHERE issuer = ?", (issuer,))
        return frozenset(nonce for (nonce,) in rows)

    def presented_to(self, origin: str) -> frozenset[bytes]:
        """The nonces of those that were presented to an origin (host)."""
        rows = self._db.execute("SELECT nonce FROM wallet WHERE origin = ? AND presented", (origin,))
        return frozenset(nonce for (nonce,) in rows)

    def take(self, token: "Token") -> None:
        """It is presented from now on."""
        self._db.execute("UPDATE wallet SET presented = 1 WHERE nonce = ?", (token.nonce,))

    def holders(self, token: "Token") -> int:
        """How many users got a token under the key and challenge of this one."""
        (count,) = self._db.execute(
            "SELECT count(DISTINCT holder) FROM wallet WHERE challenge = ? AND key_id = ?",
            (token.challenge_digest, token.token_key_id),
        ).fetchone()
        return int(count)

    def forget(self, now: int, repeated: int = 0) -> None:
        """Forget those whose challenge is over; if they were presented, `repeated` seconds after that: an origin knows
        a repetition for longer than its challenge holds.
        """
        self._db.execute("DELETE FROM wallet WHERE until + presented * ? <= ?", (repeated, now))
