"""A store's file as it was at a moment."""

import sqlite3
from contextlib import closing
from pathlib import Path

from simulator.storage.snapshot import Snapshot


def test_it_is_put_back_while_its_owner_has_it_open(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file)) as owner:
        owner.execute("PRAGMA journal_mode=WAL")
        owner.execute("CREATE TABLE t (x)")
        owner.commit()
        with Snapshot(file) as snapshot:
            snapshot.take()
            before = snapshot.version
            assert snapshot.version == before
            owner.execute("INSERT INTO t VALUES (1)")
            owner.commit()
            assert snapshot.version != before
            snapshot.put_back()
            assert owner.execute("SELECT count(*) FROM t").fetchone() == (0,)
