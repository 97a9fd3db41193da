"""Rows that stay in memory until somebody writes."""

import pytest

from simulator.storage import KeptDocument, KeptKey, OwnKey, Store
from simulator.storage.read_often import ReadOften


def test_what_is_known_is_not_read_again_and_what_is_not_there_is() -> None:
    rows, asked = {"a": 1}, list[str]()

    def read(key: str) -> int | None:
        asked.append(key)
        return rows.get(key)

    known: ReadOften[str, int] = ReadOften()
    assert [known.get(key, read) for key in ("a", "a", "b", "b")] == [1, 1, None, None]
    assert asked == ["a", "b", "b"]
    rows["a"] = 2
    known.forget()
    assert known.get("a", read) == 2


def test_a_row_that_was_written_is_read_as_it_is_now(store: Store) -> None:
    for expires in (1, 2):
        store.discovered.put(KeptDocument("a.example", b"x", expires))
        assert store.discovered.get("a.example") == KeptDocument("a.example", b"x", expires)
    store.discovered.remove("a.example")
    assert store.discovered.get("a.example") is None
    for fetched in (1, 2):
        store.peer_keys.put(KeptKey("a.example", b"i", b"k", 0, 9, fetched))
        assert store.peer_keys.get("a.example") == KeptKey("a.example", b"i", b"k", 0, 9, fetched)
    for number in (1, 2):
        store.own_keys.add(OwnKey(bytes([number]), b"k%d" % number, b"p", 0, number))
        assert store.own_keys.newest(0) == OwnKey(bytes([number]), b"k%d" % number, b"p", 0, number)


def test_what_is_rolled_back_is_not_known(store: Store) -> None:
    before = KeptDocument("a.example", b"before", 1)
    store.discovered.put(before)

    def fail() -> None:
        with store.transaction():
            store.discovered.put(KeptDocument("a.example", b"after", 2))
            store.peer_keys.put(KeptKey("a.example", b"i", b"k", 0, 9, 1))
            store.own_keys.add(OwnKey(b"1", b"k", b"p", 0, 9))
            assert store.discovered.get("a.example") != before
            assert store.peer_keys.get("a.example")
            assert store.own_keys.newest(1)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.discovered.get("a.example") == before
    assert store.peer_keys.get("a.example") is None
    assert store.own_keys.newest(1) is None
