"""What SQLite can't do is a StoreError with a reason, at once; a mistake of ours is none."""

import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simulator.machine import MachineFailure
from simulator.storage import Store, StoreError
from simulator.storage.database import open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with some thousand users."""
    made = tmp_path / "a.example.sqlite"
    store = Store(made)
    _fill(store, 3_000)
    store.close()
    return made


def _fill(store: Store, count: int, name: str = "u") -> None:
    with store.transaction():
        for number in range(count):
            store.users.add(f"mimi://a.example/u/{name}{number}")


@contextmanager
def full(path: Path) -> Iterator[None]:
    """No file may grow beyond what the largest of the store's is now."""
    most = max(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_lock_of_somebody_else_is_said_at_once_and_over_when_it_is_gone(path: Path) -> None:
    store = Store(path)
    before = store.fingerprint()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    for _ in range(10):
        with pytest.raises(StoreError, match=f"{path.name}: another process has locked it"):
            _fill(store, 1, "v")
    assert time.monotonic() - began < 2, "ten times; SQLite's own patience would be 5 s each"
    other.execute("ROLLBACK")
    other.close()
    assert store.fingerprint() == before
    with store.transaction():
        store.users.add("mimi://a.example/u/new")
    store.close()


def test_a_full_disk_leaves_nothing_half_done_and_is_over_when_there_is_room(path: Path) -> None:
    store = Store(path)
    before = store.fingerprint()
    with full(path), pytest.raises(StoreError, match=r"the disk (is full|has failed)") as failed:
        _fill(store, 20_000, "new")
    assert isinstance(failed.value, MachineFailure)
    assert store.fingerprint() == before
    with store.transaction():
        store.users.add("mimi://a.example/u/new")
    store.close()


def test_a_limit_of_the_database_itself(path: Path) -> None:
    db = open_database(path)
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full"):
        db.executemany(
            "INSERT INTO users (user) VALUES (?)", [(f"mimi://a.example/u/x{number}",) for number in range(5_000)]
        )
    db.close()


def test_a_file_that_is_damaged_in_its_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192 : len(content) - 4096] = b"\xa5" * (len(content) - 12288)
    path.write_bytes(content)

    def read() -> None:
        store = Store(path)
        try:
            for number in range(0, 3_000, 100):
                store.users.exists(f"mimi://a.example/u/u{number}")
            store.fingerprint()
        finally:
            store.close()

    with pytest.raises(StoreError, match="the file is damaged"):
        read()


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0" + bytes(100), bytes(5000)])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(StoreError):
        Store(file)


def test_a_folder_and_a_place_that_is_not_there(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "no" / "such" / "folder.sqlite"):
        with pytest.raises(StoreError, match="can't be opened"):
            Store(place)


def test_text_that_is_none_is_damage_too() -> None:
    db = open_database(None)
    with pytest.raises(StoreError, match="damaged"):
        db.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()
    db.close()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [("SELEC 1", sqlite3.OperationalError), ("SELECT * FROM nothing", sqlite3.OperationalError)],
)
def test_mistakes_of_ours_stay_what_they_are(statement: str, kind: type[Exception]) -> None:
    db = open_database(None)
    for run in (db.execute, db.executescript, db.cursor().execute):
        with pytest.raises(kind) as raised:
            run(statement)
        assert not isinstance(raised.value, StoreError)
    db.execute("CREATE TABLE t (x PRIMARY KEY)")
    with pytest.raises(sqlite3.IntegrityError):
        db.executemany("INSERT INTO t VALUES (?)", [(1,), (1,)])
    db.close()
    with pytest.raises(sqlite3.ProgrammingError):
        db.execute("SELECT 1")


def test_rows_come_by_every_way() -> None:
    db = open_database(None)
    assert list(db.execute("SELECT 1 UNION SELECT 2")) == [(1,), (2,)]
    assert db.execute("SELECT 1").fetchone() == (1,)
    assert db.execute("SELECT 1 WHERE 0").fetchone() is None
    db.close()
