"""Reports of deliveries that other providers will never get from us."""

import json
import sqlite3

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class UndeliveredReport:
    """A delivery that was given up at `given_up` after so many attempts, and why, in words for people.

    `created` is when its cause was accepted; both times in Unix seconds. The message itself is gone.
    """

    provider: str
    operation: str
    group_id: bytes
    recipients: tuple[str, ...]
    created: int
    attempts: int
    given_up: int
    reason: str


class Undelivered:
    """The last reports, oldest first."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, report: UndeliveredReport, keep: int) -> None:
        """Add a report, and forget the oldest of more than `keep`."""
        row = (
            report.provider,
            report.operation,
            report.group_id,
            json.dumps(report.recipients),
            report.created,
            report.attempts,
            report.given_up,
            report.reason,
        )
        added = self._db.execute(
            "INSERT INTO undelivered"
            " (provider, operation, group_id, recipients, created, attempts, given_up, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        self._db.execute("DELETE FROM undelivered WHERE id <= ?", ((added.lastrowid or 0) - keep,))

    def all(self) -> tuple[UndeliveredReport, ...]:
        """Every report that is kept."""
        rows = self._db.execute(
            "SELECT provider, operation, group_id, recipients, created, attempts, given_up, reason"
            " FROM undelivered ORDER BY id"
        )
        return tuple(
            UndeliveredReport(provider, operation, group_id, tuple(json.loads(recipients)), *rest)
            for provider, operation, group_id, recipients, *rest in rows
        )
