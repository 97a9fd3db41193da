"""Digests of accepted requests are known until they are forgotten by age."""

from simulator.storage import Store
from simulator.storage.accepted import KEPT


def test_what_is_older_is_not_known(store: Store) -> None:
    store.accepted.add(b"first", 100)
    store.accepted.add(b"second", 101)
    assert [store.accepted.knows(digest, 0) for digest in (b"first", b"second", b"third")] == [True, True, False]
    assert [store.accepted.knows(digest, 101) for digest in (b"first", b"second")] == [False, True]
    store.accepted.add(b"first", 102)
    assert store.accepted.knows(b"first", 101)


def test_what_is_older_is_forgotten_but_for_the_last(store: Store) -> None:
    for number in range(KEPT + 10):
        store.accepted.add(str(number).encode(), 100 + number)
    for before, left in ((105, KEPT + 5), (5000, KEPT)):
        store.accepted.forget(before)
        assert [store.accepted.knows(str(number).encode(), 0) for number in range(KEPT + 10)].count(True) == left
    assert store.accepted.knows(str(KEPT + 9).encode(), 0)
