"""Which token pays for which request that is not settled: written before the request is sent."""

import sqlite3
from typing import TYPE_CHECKING

from simulator.codec import decode, encode
from simulator.dataclass import dataclass

if TYPE_CHECKING:
    from simulator.privacy_pass.token import Token


@dataclass(frozen=True, slots=True)
class Payment:
    """A token that pays for a request of a user (URI); written before the request is sent."""

    user: str
    request: bytes
    """The digest of path and body."""
    token: "Token"
    tokens: int = 1
    """How many there were for this request, with this one."""


class Payments:
    """At most one for each user and request."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, user: str, request: bytes) -> Payment | None:
        """What pays for a request, if anything does."""
        from simulator.privacy_pass.token import Token

        row = self._db.execute(
            "SELECT token, tokens FROM payments WHERE user = ? AND request = ?", (user, request)
        ).fetchone()
        return None if row is None else Payment(user, request, decode(Token, row[0]), row[1])

    def unsettled(self) -> tuple["Token", ...]:
        """All tokens of which it is not known yet whether they have paid."""
        from simulator.privacy_pass.token import Token

        return tuple(decode(Token, token) for (token,) in self._db.execute("SELECT token FROM payments"))

    def put(self, payment: Payment) -> None:
        """Remember what pays, in place of what did."""
        row = (payment.user, payment.request, encode(payment.token), payment.tokens)
        self._db.execute("INSERT OR REPLACE INTO payments VALUES (?, ?, ?, ?)", row)

    def forget(self) -> None:
        """Forget those whose token the wallet has forgotten."""
        self._db.execute("DELETE FROM payments WHERE token NOT IN (SELECT token FROM wallet)")

    def remove(self, payment: Payment) -> None:
        """It is settled, or the token is gone; another one for the same request stays."""
        self._db.execute(
            "DELETE FROM payments WHERE user = ? AND request = ? AND token = ?",
            (payment.user, payment.request, encode(payment.token)),
        )
