"""One queue per client of ours."""

import sqlite3
from collections.abc import Sequence

from simulator.dataclass import dataclass

_APPEND = """
    INSERT OR IGNORE INTO queue
    SELECT client, (SELECT coalesce(max(number), 0) + 1 FROM queue WHERE client = clients.client), ?, ?, ?, ?
    FROM clients WHERE client IN ({}) RETURNING client
"""
_AT_ONCE = 500
"""Clients in one statement: SQLite takes no more than some thousands of values."""


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message that waits for a client. `number` counts the messages of one client from 1; `payload` is what the draft
    has the client read, `group_id` the group it is about, as whoever sent it says.
    """

    number: int
    sender: str
    group_id: bytes
    payload: bytes


class Queues:
    """A message stays until it is acknowledged; the same from the same provider is queued once per client."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._idle: tuple[int, frozenset[str]] = (-1, frozenset())
        """What `idle` has found, and how many rows of the store had been changed by then."""

    def idle(self) -> frozenset[str]:
        """The registered clients that have acknowledged everything; read anew once a row of the store has changed."""
        changes = self._db.total_changes
        if self._idle[0] != changes:
            rows = self._db.execute(
                "SELECT client FROM clients EXCEPT SELECT client FROM queue WHERE payload IS NOT NULL"
            )
            self._idle = (changes, frozenset(client for (client,) in rows))
        return self._idle[1]

    def append(self, clients: Sequence[str], sender: str, digest: bytes, group_id: bytes, payload: bytes) -> set[str]:
        """Put a message at the end of the queues of those of these clients that are registered; in whose it is now, for
        the first time.
        """
        added: set[str] = set()
        for start in range(0, len(clients), _AT_ONCE):
            some = clients[start : start + _AT_ONCE]
            statement = _APPEND.format(", ".join("?" * len(some)))
            rows = self._db.execute(statement, (sender, digest, group_id, payload, *some))
            added.update(client for (client,) in rows.fetchall())
        return added

    def knows(self, client: str, sender: str, digest: bytes) -> bool:
        """Whether a message with this digest came before, acknowledged or not."""
        row = self._db.execute(
            "SELECT 1 FROM queue WHERE client = ? AND sender = ? AND digest = ?", (client, sender, digest)
        )
        return row.fetchone() is not None

    def pending(self, client: str, limit: int = 1000) -> tuple[QueuedMessage, ...]:
        """The oldest messages that the client has not acknowledged, in order."""
        rows = self._db.execute(
            "SELECT number, sender, group_id, payload FROM queue"
            " WHERE client = ? AND payload IS NOT NULL ORDER BY number LIMIT ?",
            (client, limit),
        )
        return tuple(QueuedMessage(*row) for row in rows)

    def acknowledge(self, client: str, number: int) -> None:
        """The client has all messages up to and including this one."""
        self._db.execute(
            "UPDATE queue SET payload = NULL WHERE client = ? AND number <= ? AND payload IS NOT NULL",
            (client, number),
        )
