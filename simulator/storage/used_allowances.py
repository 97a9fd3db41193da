"""How many tokens each user has used at each origin: what this provider's allowance counts."""

import sqlite3


class UsedAllowances:
    """By user (URI), host of the origin, and number of the window."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def used(self, user: str, origin: str, window: int) -> int:
        """How many tokens this user has used there then."""
        row = self._db.execute(
            "SELECT used FROM used_allowances WHERE user = ? AND origin = ? AND window = ?", (user, origin, window)
        ).fetchone()
        return 0 if row is None else int(row[0])

    def add(self, user: str, origin: str, window: int) -> None:
        """One more. What was used in earlier windows is forgotten."""
        self._db.execute("DELETE FROM used_allowances WHERE window < ?", (window,))
        self._db.execute(
            "INSERT INTO used_allowances VALUES (?, ?, ?, 1)"
            " ON CONFLICT (user, origin, window) DO UPDATE SET used = used + 1",
            (user, origin, window),
        )
