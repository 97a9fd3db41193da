"""Users and clients of this provider."""

import json
import sqlite3
from collections.abc import Iterable

from simulator.dataclass import dataclass
from simulator.storage.queues import Queues


@dataclass(frozen=True, slots=True)
class ClientKey:
    """A public signature key of a client, for the signature scheme of `cipher_suite`."""

    cipher_suite: int
    signature_key: bytes


class Users:
    """The users and clients of this provider."""

    def __init__(self, db: sqlite3.Connection, queues: Queues) -> None:
        self._db = db
        self._queues = queues

    def add(self, user: str) -> None:
        """Register a user; nothing happens if it is registered."""
        self._db.execute("INSERT OR IGNORE INTO users (user) VALUES (?)", (user,))
        self._db.execute("DELETE FROM former_users WHERE user = ?", (user,))

    def add_client(self, client: str, user: str) -> None:
        """Register a client of a registered user; nothing happens if it is registered."""
        self._db.execute("INSERT OR IGNORE INTO clients VALUES (?, ?)", (client, user))
        self._queues.registered(client)

    def add_key(self, client: str, key: ClientKey) -> None:
        """Register a signature key of a registered client."""
        row = (client, key.signature_key, key.cipher_suite)
        self._db.execute("INSERT OR REPLACE INTO client_keys VALUES (?, ?, ?)", row)

    def remove_client(self, client: str) -> None:
        """Forget a client with its keys, its KeyPackages and its queue."""
        self._queues.remove(client)
        self._db.execute("DELETE FROM clients WHERE client = ?", (client,))

    def remove(self, user: str) -> None:
        """Forget a user, who has no client any more, but that there was one."""
        removed = self._db.execute("DELETE FROM users WHERE user = ?", (user,)).rowcount
        if removed:
            self._db.execute("INSERT INTO former_users VALUES (?)", (user,))

    def existed(self, user: str) -> bool:
        """Whether this user was ours, and is not any more."""
        return self._db.execute("SELECT 1 FROM former_users WHERE user = ?", (user,)).fetchone() is not None

    def exists(self, user: str) -> bool:
        """Whether this user is ours."""
        return self._db.execute("SELECT 1 FROM users WHERE user = ?", (user,)).fetchone() is not None

    def set_search(self, user: str, kinds: Iterable[str]) -> None:
        """By which kinds of identifiers others find a registered user from now on."""
        self._db.execute("UPDATE users SET search = ? WHERE user = ?", (json.dumps(sorted(kinds)), user))

    def is_found_by(self, user: str, kinds: Iterable[str]) -> bool:
        """Whether there is such a user, and others find it by all of these kinds of identifiers."""
        row = self._db.execute("SELECT search FROM users WHERE user = ?", (user,)).fetchone()
        return row is not None and (row[0] is None or set(kinds) <= set(json.loads(row[0])))

    def client_exists(self, client: str) -> bool:
        """Whether this client is ours."""
        return self._db.execute("SELECT 1 FROM clients WHERE client = ?", (client,)).fetchone() is not None

    def all(self) -> tuple[str, ...]:
        """Every user of ours, in the order of their names."""
        return tuple(user for (user,) in self._db.execute("SELECT user FROM users ORDER BY user"))

    def clients_of(self, user: str) -> tuple[str, ...]:
        """The clients of a user, in the order of their names."""
        rows = self._db.execute("SELECT client FROM clients WHERE user = ? ORDER BY client", (user,))
        return tuple(client for (client,) in rows)

    def registered(self, user: str) -> tuple[str, ...]:
        """The clients of a user, in the order in which they were registered."""
        rows = self._db.execute("SELECT client FROM clients WHERE user = ? ORDER BY rowid", (user,))
        return tuple(client for (client,) in rows)

    def key(self, client: str, signature_key: bytes) -> ClientKey | None:
        """The registered key of a client that has these bytes."""
        row = self._db.execute(
            "SELECT cipher_suite FROM client_keys WHERE client = ? AND signature_key = ?", (client, signature_key)
        ).fetchone()
        return None if row is None else ClientKey(row[0], signature_key)
