"""Who gets a message: sets of clients that stay the same from one message about a group to the next, or nearly.

What costs is the difference: nothing where the same clients get a message as the last time, a row for each that comes
or goes. So a message to a thousand clients is written down once, and not a thousand times.
"""

import sqlite3
from collections.abc import Collection, Set

from simulator.dataclass import dataclass
from simulator.storage.integers import LARGEST

_AT_ONCE = 500
"""Clients in one statement: SQLite takes no more than some thousands of values."""
_LATEST = 4
"""So many audiences of a group are looked at, those that were used last: commits and Welcomes go to different ones."""
_KEPT = 64
"""So many audiences are kept in memory, those that were used last."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The audience of a message, with its members for this one and `before` it; whether the group's newest is its."""

    id: int
    members: frozenset[str]
    before: frozenset[str]
    is_newest: bool


class Audiences:
    """An audience is of one sender and one group. Its members are kept in memory beside their rows, as long as nobody
    but this object changes them.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._members: dict[int, frozenset[str]] = {}
        self._newest: dict[tuple[str, bytes], int] = {}
        """By sender and group the audience of the group's newest message, where that is known."""

    def forget(self) -> None:
        """Rows have changed in another way: clients are removed, or a transaction has not happened."""
        self._members.clear()
        self._newest.clear()

    def for_message(self, wanted: frozenset[str], sender: str, group_id: bytes) -> "Audience | None":
        """Where the next message goes that those of these clients get who are registered, and nobody else; None where
        none of them is. To be told of the message (`got`) before anything else is asked.

        It is the audience that takes the fewest rows to change, or a new one where that takes fewer.
        """
        audience, before, is_newest = self._nearest(wanted, sender, group_id)
        if before is wanted or before == wanted:
            return Audience(audience, before, before, is_newest)
        members = before & wanted | self._registered(wanted - before)
        if not members:
            return None
        if members == wanted:
            members = wanted  # the same object next time, which is not compared then
        if not audience:
            row = (sender, group_id)
            audience = self._db.execute("INSERT INTO audiences VALUES (NULL, ?, ?, 0)", row).lastrowid or 0
        return Audience(audience, members, before, is_newest)

    def got(self, audience: "Audience", message: int) -> None:
        """The message is there; it is newer than all others."""
        if not audience.is_newest:
            self._newest.clear()
            self._db.execute("UPDATE audiences SET newest = ? WHERE id = ?", (message, audience.id))
        if audience.members != audience.before:
            come, gone = audience.members - audience.before, audience.before - audience.members
            self._change(audience.id, message, come, gone)
            self._keep(audience.id, audience.members)

    def of(self, audience: int, message: int) -> Set[str]:
        """Who gets, or got, this message."""
        rows = self._db.execute(
            "SELECT client FROM audience_members WHERE audience = ? AND until > ? AND first <= ?",
            (audience, message, message),
        )
        return {client for (client,) in rows}

    def _nearest(self, wanted: frozenset[str], sender: str, group_id: bytes) -> tuple[int, frozenset[str], bool]:
        newest = self._newest.get((sender, group_id))
        if newest is not None:
            members = self._current(newest)
            if members is wanted or members == wanted:
                return newest, members, True
        nearest: tuple[int, frozenset[str], bool] = (0, frozenset(), False)
        least = len(wanted) + 2  # what a new audience takes is a row less
        rows = self._db.execute(
            "SELECT id FROM audiences WHERE sender = ? AND group_id = ? ORDER BY newest DESC LIMIT ?",
            (sender, group_id, _LATEST),
        )
        for place, (audience,) in enumerate(rows.fetchall()):
            members = self._current(audience)
            if members is wanted or members == wanted:
                if place == 0:
                    self._know_newest(sender, group_id, audience)
                return audience, members, place == 0
            difference = len(members ^ wanted)
            if difference < least:
                nearest, least = (audience, members, place == 0), difference
        return nearest

    def _know_newest(self, sender: str, group_id: bytes, audience: int) -> None:
        if len(self._newest) >= _KEPT:
            self._newest.clear()
        self._newest[sender, group_id] = audience

    def _current(self, audience: int) -> frozenset[str]:
        members = self._members.pop(audience, None)
        if members is None:
            rows = self._db.execute(
                "SELECT client FROM audience_members WHERE audience = ? AND until = ?", (audience, LARGEST)
            )
            members = frozenset(client for (client,) in rows)
        self._keep(audience, members)
        return members

    def _keep(self, audience: int, members: frozenset[str]) -> None:
        self._members[audience] = members
        if len(self._members) > _KEPT:
            del self._members[next(iter(self._members))]

    def _registered(self, clients: Collection[str]) -> frozenset[str]:
        asked, found = tuple(clients), set[str]()
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            places = ", ".join("?" * len(some))
            rows = self._db.execute(f"SELECT client FROM clients WHERE client IN ({places})", some)  # noqa: S608
            found.update(client for (client,) in rows)
        return frozenset(found)

    def _change(self, audience: int, message: int, come: Set[str], gone: Set[str]) -> None:
        if gone:
            self._db.executemany(
                "UPDATE audience_members SET until = ? WHERE client = ? AND until = ? AND audience = ?",
                [(message, client, LARGEST, audience) for client in gone],
            )
        if come:
            self._db.executemany(
                "INSERT INTO audience_members (client, until, audience, first) VALUES (?, ?, ?, ?)",
                [(client, LARGEST, audience, message) for client in come],
            )
