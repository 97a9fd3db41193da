"""The database of one provider."""

import marshal
import sqlite3
from functools import cache
from hashlib import sha256
from pathlib import Path

from simulator.storage.abuse_reports import AbuseReports
from simulator.storage.accepted_requests import Accepted
from simulator.storage.consents import Consents
from simulator.storage.database import StoreError, open_database
from simulator.storage.discovered import Discovered
from simulator.storage.failing import Fails, let_fail
from simulator.storage.files import Files
from simulator.storage.granted_key_packages import GrantedKeyPackages
from simulator.storage.groups import Groups
from simulator.storage.handed_out import HandedOut
from simulator.storage.issued_tokens import IssuedTokens
from simulator.storage.issuer_keys import IssuerKeys
from simulator.storage.key_packages import KeyPackages
from simulator.storage.keys import OwnKeys, PeerKeys
from simulator.storage.known_challenges import KnownChallenges
from simulator.storage.outbox import Outbox
from simulator.storage.own_members import OwnMembers
from simulator.storage.payments import Payments
from simulator.storage.pending_tokens import PendingTokens
from simulator.storage.protected_endpoints import ProtectedEndpoints
from simulator.storage.queues import Queues
from simulator.storage.spent_tokens import SpentTokens
from simulator.storage.submissions import Submissions
from simulator.storage.token_directories import TokenDirectories
from simulator.storage.token_secrets import TokenSecrets
from simulator.storage.undelivered import Undelivered
from simulator.storage.used_allowances import UsedAllowances
from simulator.storage.users import Users
from simulator.storage.wallet import Wallet

SCHEMA_VERSION = 16

_PLAIN = 2
"""A version of the format of `marshal` in which equal rows are the same bytes: later ones refer to what came before."""

_LEARNED = ("peer_keys", "discovered", "protected_endpoints", "known_challenges", "token_directories")
"""The tables of what other providers have said about themselves, and could be asked again."""
_QUEUES = ("audience_members", "audiences", "messages", "payloads", "queue_positions")
"""The tables that together are the view `queue`."""
_TRANSIENT = ("accepted", "epochs", "joiners", "outbox", "own_keys", "queue", "submissions", "undelivered")
"""The tables of what is carried, and remembered as carried: a message in a queue has not done anything yet. A hub's
notes on who is to join, and a provider's own keys, are no more than that.
"""


class Store:
    """All tables of a provider, in the file `path` or, without one, in memory.

    A committed transaction survives a crash of the process and of the machine. Not for several threads, and no
    transaction may stay open over an `await`. Everything raises StoreError where the store can't be used: a full disk,
    a lock of another process (which is not waited for), a damaged file, a file of another kind or version. What was
    under way has not happened then, and may work the next time.
    """

    def __init__(self, path: Path | None = None, fails: Fails | None = None) -> None:
        """Its statements fail where `fails` says so: see `let_fail`."""
        self._db = open_database(path)
        self.let_fail(fails)
        self._left_open = False
        """Whether a transaction has failed, and could not be rolled back."""
        try:
            self._prepare(in_memory=path is None)
        except BaseException:
            self._db.close()
            raise
        self.queues = Queues(self._db)
        self.users = Users(self._db, self.queues)
        self.consents = Consents(self._db)
        self.key_packages = KeyPackages(self._db)
        self.granted_key_packages = GrantedKeyPackages(self._db)
        self.groups = Groups(self._db)
        self.accepted = Accepted(self._db)
        self.own_members = OwnMembers(self._db)
        self.submissions = Submissions(self._db)
        self.files = Files(self._db)
        self.outbox = Outbox(self._db)
        self.undelivered = Undelivered(self._db)
        self.abuse_reports = AbuseReports(self._db)
        self.own_keys = OwnKeys(self._db)
        self.peer_keys = PeerKeys(self._db)
        self.discovered = Discovered(self._db)
        self.issuer_keys = IssuerKeys(self._db)
        self.issued_tokens = IssuedTokens(self._db)
        self.spent_tokens = SpentTokens(self._db)
        self.handed_out = HandedOut(self._db)
        self.wallet = Wallet(self._db)
        self.pending_tokens = PendingTokens(self._db)
        self.payments = Payments(self._db)
        self.used_allowances = UsedAllowances(self._db)
        self.protected_endpoints = ProtectedEndpoints(self._db)
        self.known_challenges = KnownChallenges(self._db)
        self.token_directories = TokenDirectories(self._db)
        self.token_secrets = TokenSecrets(self._db)

    def transaction(self) -> "_Transaction":
        """All or nothing: commits at the end, rolls back on any exception. One at a time, none inside another."""
        return _Transaction(self)

    def _begin(self) -> None:
        if self._left_open:
            self._roll_back()
        self._db.execute("BEGIN IMMEDIATE")

    def _end(self, *, failed: bool) -> None:
        try:
            if not failed:
                self._db.execute("COMMIT")
                return
        except BaseException:
            self._roll_back()
            raise
        self._roll_back()

    def prepare_reading(self) -> None:
        """Before something is read outside of a transaction: what could not be rolled back is not there."""
        if self._left_open:
            self._roll_back()

    def fingerprint(self) -> str:
        """A hash of everything in the store: equal exactly if nothing differs."""
        digest = sha256()
        for name, rows in self._rows().items():
            digest.update(f"\n{name}\n".encode() + b"".join(sorted(rows)))
        return digest.hexdigest()

    def own_rows(self) -> dict[str, frozenset[bytes]]:
        """By table, a hash of each row, to compare with what is there at another time; without what other providers
        have said about themselves. Queues are told as one table, `queue`, with a row for each message of each client.
        """
        return {name: rows for name, rows in self._rows().items() if name not in (*_LEARNED, *_QUEUES)}

    def lasting_rows(self) -> dict[str, frozenset[bytes]]:
        """The same without what is only on its way, or remembered of that."""
        own = self.own_rows().items()
        return {name: rows for name, rows in own if name not in (*_TRANSIENT, "sqlite_sequence")}

    def let_fail(self, fails: Fails | None) -> None:
        """Let statements fail where this says so, instead of what said so before; None for none."""
        let_fail(self._db, fails)

    def close(self) -> None:
        """Close the database; what was in memory is gone."""
        self._db.close()

    def changed_outside(self) -> None:
        """Somebody else has changed the file: nothing that was read before is relied on."""
        self._roll_back()

    def _roll_back(self) -> None:
        for table in (self.outbox, self.queues, self.groups, self.own_keys, self.peer_keys, self.discovered):
            table.roll_back()
        self._left_open = self._db.in_transaction  # SQLite itself rolls back when the disk is full
        if self._left_open:
            self._db.execute("ROLLBACK")
            self._left_open = False

    def _rows(self) -> dict[str, frozenset[bytes]]:
        names = self._db.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name"
        ).fetchall()
        found = {}
        for (name,) in names:
            rows = self._db.execute(f'SELECT * FROM "{name}"')  # noqa: S608 (the names are the schema's)
            found[name] = frozenset(sha256(marshal.dumps(row, _PLAIN)).digest() for row in rows)
        return found

    def _prepare(self, *, in_memory: bool) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        if in_memory:
            _new_tables().backup(self._db)
            return
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version == SCHEMA_VERSION:
            return
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if version or tables:
            raise StoreError(f"the store is of schema version {version}, this program's is {SCHEMA_VERSION}")
        self._db.executescript(_schema())


class _Transaction:
    """A class and no generator, since each request has one."""

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> None:
        self._store._begin()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._store._end(failed=kind is not None)


@cache
def _schema() -> str:
    schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
    return f"BEGIN; {schema} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"


@cache
def _new_tables() -> sqlite3.Connection:
    """A database without rows, which those in memory are copies of: that takes a fortieth of making the tables anew.
    Small pages, since nearly all of its many tables and indexes stay small.
    """
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    made.execute("PRAGMA page_size = 1024")
    made.executescript(_schema())
    return made
