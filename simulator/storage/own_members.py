"""Which of our clients are in groups of other hubs, as far as we know: they get what comes for the group."""

import sqlite3


class OwnMembers:
    """By group. A client that is deleted is in none."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, group_id: bytes, client: str) -> bool:
        """A registered client of ours is in the group; whether it was not before."""
        added = self._db.execute("INSERT OR IGNORE INTO own_members VALUES (?, ?)", (group_id, client))
        return added.rowcount == 1

    def remove(self, group_id: bytes, client: str) -> None:
        """It is not, or not any more."""
        self._db.execute("DELETE FROM own_members WHERE group_id = ? AND client = ?", (group_id, client))

    def of(self, group_id: bytes) -> tuple[str, ...]:
        """Those that are in the group, by name."""
        rows = self._db.execute("SELECT client FROM own_members WHERE group_id = ? ORDER BY client", (group_id,))
        return tuple(client for (client,) in rows)
