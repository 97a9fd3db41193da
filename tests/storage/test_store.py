"""The database as a whole: transactions, durability, fingerprints."""

import sqlite3
from pathlib import Path

import pytest

from simulator.storage import KeptKey, Store
from simulator.storage.store import _LEARNED, _TRANSIENT, StoreError
from tests.durability.failing_stores import FailingStores, Trouble


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    before = store.fingerprint()

    def fail() -> None:
        with store.transaction():
            store.users.add("mimi://a.example/u/alice")
            assert store.fingerprint() != before
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.fingerprint() == before
    with store.transaction():
        store.users.add("mimi://a.example/u/bob")
    assert store.users.exists("mimi://a.example/u/bob")


def test_transactions_do_not_nest(store: Store) -> None:
    with store.transaction(), pytest.raises(sqlite3.OperationalError), store.transaction():
        pass


def test_what_can_not_be_rolled_back_at_once_is_before_anything_else_happens(tmp_path: Path) -> None:
    failing = {"COMMIT", "ROLLBACK"}
    stores = FailingStores(lambda statement: Trouble.LOCKED if statement.text in failing else None)
    with stores.installed():
        store = Store(tmp_path / "a.example.db")
    before = store.fingerprint()

    def add(user: str) -> None:
        with store.transaction():
            store.users.add(f"mimi://a.example/u/{user}")

    with stores.failing():
        for _ in range(3):
            with pytest.raises(StoreError, match="locked"):
                add("alice")
        failing.clear()
        add("bob")
    assert store.users.exists("mimi://a.example/u/bob")
    assert not store.users.exists("mimi://a.example/u/alice")
    assert store.fingerprint() != before
    store.close()


def test_a_file_keeps_what_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "a.example.db"
    first = Store(path)
    with first.transaction():
        first.users.add("mimi://a.example/u/alice")
    fingerprint = first.fingerprint()
    first.close()
    second = Store(path)
    assert second.users.exists("mimi://a.example/u/alice")
    assert second.fingerprint() == fingerprint
    second.close()


def test_a_file_keeps_what_was_committed_before_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.example.db"
    crashed = Store(path)
    with crashed.transaction():
        crashed.users.add("mimi://a.example/u/alice")
    copies = tmp_path / "after"
    copies.mkdir()
    for file in tmp_path.glob("a.example.db*"):
        (copies / file.name).write_bytes(file.read_bytes())
    recovered = Store(copies / path.name)
    assert recovered.users.exists("mimi://a.example/u/alice")
    recovered.close()
    crashed.close()


def test_equal_contents_have_equal_fingerprints() -> None:
    stores = [Store(), Store()]
    for store, users in zip(stores, (("a", "b"), ("b", "a")), strict=True):
        for user in users:
            store.users.add(f"mimi://a.example/u/{user}")
    assert stores[0].fingerprint() == stores[1].fingerprint()
    stores[1].users.add("mimi://a.example/u/c")
    assert stores[0].fingerprint() != stores[1].fingerprint()
    for store in stores:
        store.close()


def test_own_rows_differ_where_something_does_save_what_was_learned() -> None:
    store = Store()
    before = store.own_rows()
    store.peer_keys.put(KeptKey("b.example", b"1", b"key", 0, 100, 10))
    assert store.own_rows() == before
    store.users.add("mimi://a.example/u/alice")
    after = store.own_rows()
    assert {name: len(rows - before[name]) for name, rows in after.items() if rows != before[name]} == {"users": 1}
    store.close()


def test_what_is_only_on_its_way_does_not_last() -> None:
    store = Store()
    before = store.lasting_rows()
    store.submissions.add(b"digest", "mimi://a.example/d/alice/phone", 0)
    assert store.lasting_rows() == before != store.own_rows()
    store.users.add("mimi://a.example/u/alice")
    assert store.lasting_rows()["users"] != before["users"]
    store.close()


def test_the_tables_that_are_left_out_are_there() -> None:
    store = Store()
    left_out = {*_LEARNED, *_TRANSIENT}
    assert left_out.isdisjoint(store.lasting_rows())
    assert left_out < set(store._rows())
    store.close()


def test_other_files_are_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    db = sqlite3.connect(foreign)
    db.execute("CREATE TABLE something (x)")
    db.close()
    with pytest.raises(StoreError, match="schema version 0"):
        Store(foreign)
    text = tmp_path / "text.db"
    text.write_text("no database at all, but long enough to look at\n" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(text)


def test_stores_in_memory_begin_as_equal_copies_and_share_nothing(tmp_path: Path) -> None:
    first, second, in_file = Store(), Store(), Store(tmp_path / "a.example.db")
    assert first.fingerprint() == second.fingerprint() == in_file.fingerprint()
    with first.transaction():
        first.users.add("mimi://a.example/u/alice")
    assert not second.users.exists("mimi://a.example/u/alice")
    assert not Store().users.exists("mimi://a.example/u/alice")
    with pytest.raises(sqlite3.IntegrityError), second.transaction():
        second.users.add_client("mimi://a.example/d/alice/phone", "mimi://a.example/u/alice")
