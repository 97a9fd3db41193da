"""Which of our clients are in groups of other hubs, as far as we know: they get what comes for the group."""

import sqlite3


class OwnMembers:
    """By group. A client that is deleted is in none."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, group_id: bytes, client: str) -> None:
        """A registered client of ours is in the group."""
        self._db.execute("INSERT OR REPLACE INTO own_members VALUES (?, ?, 0)", (group_id, client))

    def expect(self, group_id: bytes, client: str) -> None:
        """It has asked to join: it is in the group from now on unless that is refused, if it is not in it already."""
        self._db.execute("INSERT OR IGNORE INTO own_members VALUES (?, ?, 1)", (group_id, client))

    def expect_no_more(self, group_id: bytes, client: str) -> None:
        """That was refused."""
        row = (group_id, client)
        self._db.execute("DELETE FROM own_members WHERE group_id = ? AND client = ? AND expected", row)

    def remove(self, group_id: bytes, client: str) -> None:
        """It is not in the group, or not any more."""
        self._db.execute("DELETE FROM own_members WHERE group_id = ? AND client = ?", (group_id, client))

    def of(self, group_id: bytes) -> tuple[str, ...]:
        """Those that are in the group, or expected to be, by name."""
        rows = self._db.execute("SELECT client FROM own_members WHERE group_id = ? ORDER BY client", (group_id,))
        return tuple(client for (client,) in rows)
