"""Digests of accepted requests are known until they are forgotten by age."""

from simulator.storage import Store


def test_what_is_older_is_forgotten(store: Store) -> None:
    store.accepted.add(b"first", 100)
    store.accepted.add(b"second", 101)
    assert [store.accepted.knows(digest) for digest in (b"first", b"second", b"third")] == [True, True, False]
    store.accepted.forget(101)
    assert [store.accepted.knows(digest) for digest in (b"first", b"second")] == [False, True]


def test_how_they_were_answered_is_known_too(store: Store) -> None:
    store.accepted.add(b"first", 100)
    store.accepted.add(b"second", 100, b"yes")
    assert [store.accepted.answer(digest) for digest in (b"first", b"second", b"third")] == [b"", b"yes", None]
