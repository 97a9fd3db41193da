"""The stock of KeyPackages of our clients."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from simulator.codec import decode
from simulator.dataclass import dataclass
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import encoded_key_package
from simulator.storage.integers import moment


@dataclass(frozen=True, slots=True)
class StockedKeyPackage:
    """A KeyPackage of a client; `reference` is its KeyPackageRef, `kind` the draft's word for what it is for, and
    `not_after` the end of its lifetime.
    """

    reference: bytes
    client: str
    kind: str
    last_resort: bool
    not_after: int
    key_package: KeyPackage


class KeyPackages:
    """Handed out in the order of their upload."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, stocked: Iterable[StockedKeyPackage]) -> None:
        """Put these into stock; their clients are registered, and `knows` knows none of them."""
        self._db.executemany(
            "INSERT INTO key_packages (reference, client, kind, last_resort, not_after, key_package)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    each.reference,
                    each.client,
                    each.kind,
                    each.last_resort,
                    moment(each.not_after),
                    encoded_key_package(each.key_package),
                )
                for each in stocked
            ],
        )

    def knows(self, reference: bytes) -> bool:
        """Whether this KeyPackage was ever uploaded, handed out or not."""
        row = self._db.execute("SELECT 1 FROM key_packages WHERE reference = ?", (reference,))
        return row.fetchone() is not None

    def client_of(self, reference: bytes) -> str | None:
        """The client of ours that has uploaded this KeyPackage, handed out or not."""
        row = self._db.execute("SELECT client FROM key_packages WHERE reference = ?", (reference,)).fetchone()
        return None if row is None else str(row[0])

    def take(
        self, client: str, kind: str, now: int, fits: Callable[[KeyPackage], bool] = lambda _: True
    ) -> KeyPackage | None:
        """The oldest one that is unused, not expired and `fits`, which is used from now on; None if there is none."""
        for position, key_package in self._unused(client, kind, now):
            if fits(key_package):
                self._db.execute("UPDATE key_packages SET used = 1 WHERE position = ?", (position,))
                return key_package
        return None

    def oldest(self, client: str, kind: str, now: int) -> KeyPackage | None:
        """The oldest one that is unused and not expired; it stays where it is."""
        return next((key_package for _, key_package in self._unused(client, kind, now)), None)

    def _unused(self, client: str, kind: str, now: int) -> Iterator[tuple[int, KeyPackage]]:
        """Those that are not expired, oldest first, each with its place in the table."""
        found = self._db.execute(
            "SELECT position, key_package FROM key_packages"
            " WHERE client = ? AND kind = ? AND NOT last_resort AND NOT used AND not_after >= ?"
            " ORDER BY position",
            (client, kind, now),
        )
        return ((position, decode(KeyPackage, encoded)) for position, encoded in found)

    def expired(self, client: str, kind: str, now: int) -> int:
        """How many are unused, and too old for `take`."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM key_packages"
            " WHERE client = ? AND kind = ? AND NOT last_resort AND NOT used AND not_after < ?",
            (client, kind, now),
        ).fetchone()
        return int(count)

    def last_resort(self, client: str, kind: str, now: int) -> KeyPackage | None:
        """The newest one of last resort that is not expired; it stays where it is."""
        row = self._db.execute(
            "SELECT key_package FROM key_packages WHERE client = ? AND kind = ? AND last_resort AND not_after >= ?"
            " ORDER BY position DESC LIMIT 1",
            (client, kind, now),
        ).fetchone()
        return None if row is None else decode(KeyPackage, row[0])

    def count(self, client: str, kind: str, now: int) -> int:
        """How many are left that `take` can yield."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM key_packages"
            " WHERE client = ? AND kind = ? AND NOT last_resort AND NOT used AND not_after >= ?",
            (client, kind, now),
        ).fetchone()
        return int(count)
