"""The KeyPackages that came with the consent of other providers' users."""

import sqlite3
from collections.abc import Iterable

from simulator.codec import decode, encode
from simulator.dataclass import dataclass
from simulator.mls.joining.key_package import KeyPackage
from simulator.storage.integers import moment


@dataclass(frozen=True, slots=True)
class GrantedKeyPackage:
    """One of a client's; `reference` is its KeyPackageRef, and `not_after` the end of its lifetime."""

    reference: bytes
    not_after: int
    key_package: KeyPackage


class GrantedKeyPackages:
    """Those by which `requester`, our user, may add `target` to the group that `scope` names, or to any (EVERYTHING).
    Used ones are remembered until they expire, so that none comes a second time.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keep(self, requester: str, target: str, scope: str, granted: Iterable[GrantedKeyPackage], now: int) -> None:
        """These instead of what is left of others in this scope. Those that came before are not there a second time."""
        by_reference = {each.reference: each for each in granted}
        self._db.execute("DELETE FROM granted_key_packages WHERE not_after < ?", (now,))
        for other in self.left(requester, target, scope):
            if other.reference not in by_reference:
                self._db.execute("DELETE FROM granted_key_packages WHERE reference = ?", (other.reference,))
        for each in by_reference.values():
            if not self._knows(each.reference):
                values = (each.reference, requester, target, scope, moment(each.not_after), encode(each.key_package))
                self._db.execute(
                    "INSERT INTO granted_key_packages (reference, requester, target, scope, not_after, key_package)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    values,
                )

    def left(self, requester: str, target: str, scope: str) -> tuple[GrantedKeyPackage, ...]:
        """Those in exactly this scope that nobody has used, in the order in which they came."""
        rows = self._db.execute(
            "SELECT reference, not_after, key_package FROM granted_key_packages"
            " WHERE requester = ? AND target = ? AND scope = ? AND NOT used ORDER BY position",
            (requester, target, scope),
        )
        return tuple(
            GrantedKeyPackage(reference, not_after, decode(KeyPackage, encoded))
            for reference, not_after, encoded in rows
        )

    def use_up(self, requester: str, target: str, scope: str) -> None:
        """Nobody gets those that are left in exactly this scope any more."""
        self._db.execute(
            "UPDATE granted_key_packages SET used = 1 WHERE requester = ? AND target = ? AND scope = ?",
            (requester, target, scope),
        )

    def remove_requester(self, requester: str) -> None:
        """Forget all that this user has got."""
        self._db.execute("DELETE FROM granted_key_packages WHERE requester = ?", (requester,))

    def _knows(self, reference: bytes) -> bool:
        row = self._db.execute("SELECT 1 FROM granted_key_packages WHERE reference = ?", (reference,))
        return row.fetchone() is not None
