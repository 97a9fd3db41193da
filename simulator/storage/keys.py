"""The keys that providers sign with, ours and our peers'."""

import sqlite3
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.storage.integers import moment
from simulator.storage.read_often import ReadOften


@dataclass(frozen=True, slots=True)
class OwnKey:
    """An Ed25519 key pair of ours."""

    key_id: bytes
    public_key: bytes
    private_key: bytes = field(repr=False)
    not_before: int
    not_after: int


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A peer's public key as it told us at `fetched`, in elapsed seconds.

    Times of its lifetime that are later than LATEST are LATEST.
    """

    provider: str
    key_id: bytes
    public_key: bytes
    not_before: int
    not_after: int
    fetched: int


class OwnKeys:
    """All keys we ever had: groups name the one of their creation."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: ReadOften[None, tuple[OwnKey, ...]] = ReadOften()

    def add(self, key: OwnKey) -> None:
        """Remember a new key."""
        self._known.forget()
        row = (key.key_id, key.public_key, key.private_key, key.not_before, key.not_after)
        self._db.execute("INSERT INTO own_keys VALUES (?, ?, ?, ?, ?)", row)

    def newest(self, now: int) -> OwnKey | None:
        """Of the keys that are good now, the one that ends last; a clock that was ahead may have made later ones."""
        good = (key for key in self._known.get(None, self._read) or () if key.not_before <= now <= key.not_after)
        return next(good, None)

    def roll_back(self) -> None:
        """What was written last has not happened."""
        self._known.forget()

    def _read(self, _: None) -> tuple[OwnKey, ...]:
        rows = self._db.execute("SELECT * FROM own_keys ORDER BY not_after DESC, key_id")
        return tuple(OwnKey(*row) for row in rows)

    def by_id(self, key_id: bytes) -> OwnKey | None:
        """Our key with this id."""
        row = self._db.execute("SELECT * FROM own_keys WHERE key_id = ?", (key_id,)).fetchone()
        return None if row is None else OwnKey(*row)

    def by_public_key(self, public_key: bytes) -> OwnKey | None:
        """Our key with this public half."""
        row = self._db.execute("SELECT * FROM own_keys WHERE public_key = ?", (public_key,)).fetchone()
        return None if row is None else OwnKey(*row)


class PeerKeys:
    """One key per provider: the last we were told."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: ReadOften[str, KeptKey] = ReadOften()

    def get(self, provider: str) -> KeptKey | None:
        """What we know of a provider's key, good or not."""
        return self._known.get(provider, self._read)

    def roll_back(self) -> None:
        """What was written last has not happened."""
        self._known.forget()

    def _read(self, provider: str) -> KeptKey | None:
        row = self._db.execute("SELECT * FROM peer_keys WHERE provider = ?", (provider,)).fetchone()
        return None if row is None else KeptKey(*row)

    def put(self, key: KeptKey) -> None:
        """Remember a key in place of the last."""
        self._known.forget()
        times = (moment(key.not_before), moment(key.not_after), key.fetched)
        row = (key.provider, key.key_id, key.public_key, *times)
        self._db.execute("INSERT OR REPLACE INTO peer_keys VALUES (?, ?, ?, ?, ?, ?)", row)
