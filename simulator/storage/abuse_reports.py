"""What the operator of a hub was told of its groups' members: accepted reports of what they said."""

import json
import sqlite3

from simulator.dataclass import dataclass

_FORGET = """
DELETE FROM abuse_reports WHERE provider = ? AND id NOT IN (
    SELECT id FROM (
        SELECT id, row_number() OVER newest AS place, sum(size) OVER newest AS total
        FROM abuse_reports WHERE provider = ? WINDOW newest AS (ORDER BY id DESC)
    ) WHERE place = 1 OR (place <= ? AND total <= ?)
)
"""


@dataclass(frozen=True, slots=True)
class AbuseReport:
    """A report whose messages the hub had accepted itself. Users are URIs."""

    group_id: bytes
    provider: str
    """Which provider brought it."""
    reporter: str
    """Empty where nobody was named."""
    abuser: str
    """Who said the messages."""
    note: str
    messages: tuple[tuple[int, bytes], ...]
    """When each was accepted (milliseconds since 1970), and what it said."""
    at: int
    """When the report was accepted (Unix seconds)."""


class AbuseReports:
    """The last ones of each provider, oldest first: nobody can crowd out what others have reported."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, report: AbuseReport, keep: int, most_bytes: int) -> None:
        """Add a report, and forget the oldest of the same provider beyond `keep`, or beyond so many bytes in all; the
        newest one stays, however large it is. The same report once more is not added.
        """
        messages = json.dumps([[accepted, said.hex()] for accepted, said in report.messages])
        row = (report.group_id, report.provider, report.reporter, report.abuser, report.note, messages)
        known = self._db.execute(
            "SELECT 1 FROM abuse_reports WHERE (group_id, provider, reporter, abuser, note, messages)"
            " = (?, ?, ?, ?, ?, ?)",
            row,
        ).fetchone()
        if known is None:
            self._db.execute(
                "INSERT INTO abuse_reports (group_id, provider, reporter, abuser, note, messages, size, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, len(report.note.encode()) + len(messages), report.at),
            )
            self._db.execute(_FORGET, (report.provider, report.provider, keep, most_bytes))

    def all(self) -> tuple[AbuseReport, ...]:
        """Every report that is kept."""
        rows = self._db.execute(
            "SELECT group_id, provider, reporter, abuser, note, messages, at FROM abuse_reports ORDER BY id"
        )
        return tuple(
            AbuseReport(
                group_id,
                provider,
                reporter,
                abuser,
                note,
                tuple((accepted, bytes.fromhex(said)) for accepted, said in json.loads(messages)),
                at,
            )
            for group_id, provider, reporter, abuser, note, messages, at in rows
        )
