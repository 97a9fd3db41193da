"""One queue per client of ours."""

import sqlite3
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message that waits for a client. `number` counts the messages of one client from 1; `message` is an encoded
    MLSMessage, `group_id` the group it is about, as whoever sent it says.
    """

    number: int
    sender: str
    connection_request: bool
    group_id: bytes
    message: bytes


class Queues:
    """A message stays until it is acknowledged; the same bytes from the same provider are queued once per client."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def append(self, client: str, sender: str, connection_request: bool, group_id: bytes, message: bytes) -> bool:
        """Put a message at the end of the queue of a registered client; False if it was there before."""
        added = self._db.execute(
            "INSERT OR IGNORE INTO queue"
            " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM queue WHERE client = ?1",
            (client, sender, sha256(message).digest(), connection_request, group_id, message),
        )
        return added.rowcount == 1

    def pending(self, client: str, limit: int = 1000) -> tuple[QueuedMessage, ...]:
        """The oldest messages that the client has not acknowledged, in order."""
        rows = self._db.execute(
            "SELECT number, sender, connection_request, group_id, message FROM queue"
            " WHERE client = ? AND message IS NOT NULL ORDER BY number LIMIT ?",
            (client, limit),
        )
        return tuple(
            QueuedMessage(number, sender, bool(connection_request), group_id, message)
            for number, sender, connection_request, group_id, message in rows
        )

    def acknowledge(self, client: str, number: int) -> None:
        """The client has all messages up to and including this one."""
        self._db.execute(
            "UPDATE queue SET message = NULL WHERE client = ? AND number <= ? AND message IS NOT NULL",
            (client, number),
        )
