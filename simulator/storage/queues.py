"""One queue per client of ours: what its audiences have got since it has acknowledged something last."""

import sqlite3
from collections.abc import Sequence, Set

from simulator.by_object import ByObject
from simulator.dataclass import dataclass
from simulator.storage.audiences import Audiences
from simulator.storage.integers import LARGEST

_IDLE = """
    SELECT client FROM clients LEFT JOIN queue_positions USING (client) WHERE NOT EXISTS (
        SELECT 1 FROM audience_members AS stay CROSS JOIN messages ON messages.audience = stay.audience
        WHERE stay.client = clients.client AND until > coalesce(message, 0)
        AND id >= max(first, coalesce(message, 0) + 1) AND id < until
    )
"""
_PENDING = """
    SELECT id, payload FROM messages JOIN payloads ON message = id
    WHERE audience = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?
"""
_UNREAD = "SELECT id FROM messages WHERE audience = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?"
_NOBODY_S = """
    DELETE FROM messages WHERE audience = ?1 AND NOT EXISTS (
        SELECT 1 FROM audience_members WHERE audience = ?1 AND until > messages.id AND first <= messages.id
    )
"""
_WITHOUT_MEMBERS = """
    DELETE FROM audiences WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM audience_members WHERE audience = ?1)
"""


_SET: ByObject[tuple[str, ...], frozenset[str]] = ByObject(frozenset, least=32, size=32)


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message that waits for a client. `number` counts the messages of one client from 1; `payload` is what the draft
    has the client read, `group_id` the group it is about, as whoever sent it says.
    """

    number: int
    sender: str
    group_id: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class _Stay:
    """A client is in an audience for the messages from `first` on, and before `until`."""

    audience: int
    first: int
    until: int
    sender: str
    group_id: bytes


class Queues:
    """A message stays until all who get it have acknowledged it; the same from the same provider is queued once per
    client.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._audiences = Audiences(db)
        self._idle: set[str] | None = None
        """The registered clients that have acknowledged everything; None where that has to be read."""

    def idle(self) -> Set[str]:
        """The registered clients that have acknowledged everything."""
        if self._idle is None:
            self._idle = {client for (client,) in self._db.execute(_IDLE)}
        return self._idle

    def append(self, clients: tuple[str, ...], sender: str, digest: bytes, group_id: bytes, payload: bytes) -> Set[str]:
        """Put a message at the end of the queues of those of these clients that are registered; in whose it is now, for
        the first time.
        """
        wanted = _SET(clients)
        for earlier, message in self._same(sender, digest):
            wanted -= self._audiences.of(earlier, message)
        if not wanted:
            return wanted
        audience = self._audiences.for_message(wanted, sender, group_id)
        if audience is None:
            return frozenset()
        row = (audience.id, digest, len(audience.members))
        number = self._db.execute("INSERT INTO messages VALUES (NULL, ?, ?, ?)", row).lastrowid or 0
        self._audiences.got(audience, number)
        self._db.execute("INSERT INTO payloads VALUES (?, ?)", (number, payload))
        if self._idle is not None:
            self._idle -= audience.members
        return audience.members

    def knows(self, client: str, sender: str, digest: bytes) -> bool:
        """Whether a message with this digest came before, acknowledged or not."""
        return any(client in self._audiences.of(*each) for each in self._same(sender, digest))

    def pending(self, client: str, limit: int = 1000) -> tuple[QueuedMessage, ...]:
        """The oldest messages that the client has not acknowledged, in order."""
        acknowledged, last = self._position(client)
        found: list[tuple[int, _Stay, bytes]] = []
        for stay in self._stays(client, last):
            rows = self._db.execute(_PENDING, (stay.audience, max(stay.first, last + 1), stay.until, limit))
            found += [(message, stay, payload) for message, payload in rows]
        found.sort(key=lambda each: each[0])
        return tuple(
            QueuedMessage(number, stay.sender, stay.group_id, payload)
            for number, (_, stay, payload) in enumerate(found[:limit], acknowledged + 1)
        )

    def acknowledge(self, client: str, number: int) -> None:
        """The client has all messages up to and including this one."""
        acknowledged, last = self._position(client)
        count = min(number - acknowledged, LARGEST - 1)
        if count <= 0:
            return
        unread = self._unread(client, last, count + 1)
        if not unread:
            return
        self._read(unread[:count])
        row = (client, acknowledged + len(unread[:count]), unread[:count][-1])
        self._db.execute("INSERT OR REPLACE INTO queue_positions VALUES (?, ?, ?)", row)
        if self._idle is not None and len(unread) <= count:
            self._idle.add(client)

    def registered(self, client: str) -> None:
        """This client is registered, for the first time or not."""
        if self._idle is not None and client not in self._idle:
            self._idle = None

    def remove(self, client: str) -> None:
        """Forget the queue of a client that is about to be deleted, and what nobody else has got."""
        _, last = self._position(client)
        self._read(self._unread(client, last, LARGEST))
        rows = self._db.execute("SELECT DISTINCT audience FROM audience_members WHERE client = ?", (client,))
        audiences = rows.fetchall()
        self._db.execute("DELETE FROM audience_members WHERE client = ?", (client,))
        self._db.execute("DELETE FROM queue_positions WHERE client = ?", (client,))
        self._db.executemany(_NOBODY_S, audiences)
        self._db.executemany(_WITHOUT_MEMBERS, audiences)
        self.roll_back()

    def roll_back(self) -> None:
        """The transaction has not happened: what is known beside the rows need not be so."""
        self._audiences.forget()
        self._idle = None

    def _same(self, sender: str, digest: bytes) -> list[tuple[int, int]]:
        """The messages with this digest from this provider, each as its audience and its id."""
        rows = self._db.execute(
            "SELECT audience, messages.id FROM messages JOIN audiences ON audiences.id = audience"
            " WHERE digest = ? AND sender = ?",
            (digest, sender),
        )
        return rows.fetchall()

    def _position(self, client: str) -> tuple[int, int]:
        """How many messages a client has acknowledged, and the last of them."""
        row = self._db.execute("SELECT acknowledged, message FROM queue_positions WHERE client = ?", (client,))
        return row.fetchone() or (0, 0)

    def _stays(self, client: str, last: int) -> list[_Stay]:
        """Where a client may have got something after its last message."""
        rows = self._db.execute(
            "SELECT audience, first, until, sender, group_id FROM audience_members"
            " JOIN audiences ON audiences.id = audience WHERE client = ? AND until > ?",
            (client, last + 1),
        )
        return [_Stay(*row) for row in rows]

    def _unread(self, client: str, last: int, limit: int) -> list[int]:
        """The oldest messages after its last one, in order."""
        found: list[int] = []
        for stay in self._stays(client, last):
            rows = self._db.execute(_UNREAD, (stay.audience, max(stay.first, last + 1), stay.until, limit))
            found += [message for (message,) in rows]
        return sorted(found)[:limit]

    def _read(self, messages: Sequence[int]) -> None:
        """One client more has these."""
        for message in messages:
            row = self._db.execute("UPDATE messages SET unread = unread - 1 WHERE id = ? RETURNING unread", (message,))
            if row.fetchone() == (0,):
                self._db.execute("DELETE FROM payloads WHERE message = ?", (message,))
