"""What other providers have yet to get from us."""

import json
import sqlite3
from collections.abc import Sequence

from simulator.dataclass import dataclass
from simulator.mls.remembered import remembered_list


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A delivery to one provider; `attempts` failed so far, the last `refusals` of them because the message itself was
    refused. The next is due at `not_before`. What is in `operation` and `payload` is the draft's.

    `created` is when it was put there by the clock, `since` in elapsed seconds, as `not_before` is.
    """

    id: int
    provider: str
    operation: str
    group_id: bytes
    recipients: tuple[str, ...]
    payload: bytes
    created: int
    since: int
    attempts: int
    refusals: int
    not_before: int


# From name to name through the index: DISTINCT would read every entry of a long backlog.
_PROVIDERS = """
    WITH RECURSIVE waiting (provider) AS (
        SELECT min(provider) FROM outbox
        UNION ALL
        SELECT (SELECT min(provider) FROM outbox WHERE provider > waiting.provider) FROM waiting
        WHERE waiting.provider IS NOT NULL
    )
    SELECT provider FROM waiting WHERE provider IS NOT NULL
"""


@remembered_list
def _written(recipients: tuple[str, ...]) -> str:
    return json.dumps(recipients)


@remembered_list
def _read(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


class Outbox:
    """In order per provider: only its first entry may be sent."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._added: set[str] = set()

    def append(
        self,
        provider: str,
        operation: str,
        group_id: bytes,
        recipients: Sequence[str],
        payload: bytes,
        *,
        now: int,
        since: int,
    ) -> None:
        """Put a delivery behind what the provider already waits for."""
        self._added.add(provider)
        self._db.execute(
            "INSERT INTO outbox"
            " (provider, operation, group_id, recipients, payload, size, created, since, not_before)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (provider, operation, group_id, _written(tuple(recipients)), payload, len(payload), now, since, since),
        )

    def take_added(self) -> tuple[str, ...]:
        """For whom something was appended since this was asked last, in the order of their names. Only in memory."""
        added = tuple(sorted(self._added))
        self._added.clear()
        return added

    def roll_back(self) -> None:
        """The transaction that has appended has not happened."""
        self._added.clear()

    def backlog(self, provider: str) -> tuple[int, int]:
        """How many deliveries, and how many bytes of them, this provider waits for."""
        row = self._db.execute("SELECT count(*), coalesce(sum(size), 0) FROM outbox WHERE provider = ?", (provider,))
        entries, size = row.fetchone()
        return int(entries), int(size)

    def providers(self) -> tuple[str, ...]:
        """Who waits for something, in the order of their names."""
        rows = self._db.execute(_PROVIDERS)
        return tuple(provider for (provider,) in rows)

    def first(self, provider: str) -> OutboxEntry | None:
        """What this provider has to get next."""
        row = self._db.execute(
            "SELECT id, operation, group_id, recipients, payload, created, since, attempts, refusals, not_before"
            " FROM outbox WHERE provider = ? ORDER BY id LIMIT 1",
            (provider,),
        ).fetchone()
        if row is None:
            return None
        entry_id, operation, group_id, recipients, *rest = row
        return OutboxEntry(entry_id, provider, operation, group_id, _read(recipients), *rest)

    def remove(self, entry_id: int) -> None:
        """It was delivered, or given up."""
        self._db.execute("DELETE FROM outbox WHERE id = ?", (entry_id,))

    def postpone(self, entry_id: int, not_before: int, *, refused: bool = False) -> None:
        """An attempt failed, `refused` or for a reason that says nothing of the message; the next is due at
        `not_before`.
        """
        self._db.execute(
            "UPDATE outbox SET attempts = attempts + 1, refusals = CASE WHEN ? THEN refusals + 1 ELSE 0 END,"
            " not_before = ? WHERE id = ?",
            (refused, not_before, entry_id),
        )
