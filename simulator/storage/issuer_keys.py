"""The keys that this provider issues tokens with, as the seeds that they follow from."""

import sqlite3
from dataclasses import field
from typing import TYPE_CHECKING

from simulator.dataclass import dataclass

if TYPE_CHECKING:
    from simulator.privacy_pass.rsa import PrivateKey


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A key, as the seed that it follows from; `not_before` in Unix seconds."""

    seed: bytes = field(repr=False)
    not_before: int

    @property
    def private(self) -> "PrivateKey":
        """The key itself. Takes a twelfth of a second the first time."""
        from simulator.privacy_pass.key_generation import generate_key

        return generate_key(self.seed)

    @property
    def token_key(self) -> bytes:
        """The public key, as SPKI."""
        from simulator.privacy_pass.token_keys import write_token_key

        return write_token_key(self.private.public)

    @property
    def truncated_id(self) -> int:
        """What token requests name it by."""
        from simulator.privacy_pass.token_keys import token_key_id, truncated

        return truncated(token_key_id(self.token_key))


class IssuerKeys:
    """The present keys, newest first."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def all(self) -> tuple[IssuerKey, ...]:
        """All of them; none before the first is needed."""
        rows = self._db.execute("SELECT seed, not_before FROM issuer_keys ORDER BY place")
        return tuple(IssuerKey(*row) for row in rows)

    def put(self, keys: tuple[IssuerKey, ...]) -> None:
        """Remember these in place of the others."""
        self._db.execute("DELETE FROM issuer_keys")
        rows = [(place, key.seed, key.not_before) for place, key in enumerate(keys)]
        self._db.executemany("INSERT INTO issuer_keys VALUES (?, ?, ?)", rows)
