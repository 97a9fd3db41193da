"""A mistake for processes of providers: each imports this first, and makes it."""

import sqlite3
from contextlib import suppress

from simulator.storage.store import Store

COMMITTED_EVERY = 8
"""So many transactions are one, in a store that does not commit each."""

_end, _close = Store._end, Store.close


def commit_too_late() -> None:
    """Answer before the transaction is committed: that is done with others, or as the store is closed in good order,
    which nobody does for a process that is killed.
    """
    ended = 0

    def begin(self: Store) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("SAVEPOINT one")

    def end(self: Store, *, failed: bool) -> None:
        nonlocal ended
        ended += 1
        if failed:
            self._db.execute("ROLLBACK TO one")
        self._db.execute("RELEASE one")
        if ended % COMMITTED_EVERY == 0:
            _end(self, failed=False)

    def close(self: Store) -> None:
        with suppress(sqlite3.ProgrammingError):  # it may be closed already
            self._db.commit()
        _close(self)

    Store._begin, Store._end, Store.close = begin, end, close  # type: ignore[method-assign]
