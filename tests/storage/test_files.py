"""Files are there until they are forgotten by age, or by how many a user has."""

from simulator.storage import Store

ALICE, BOB = "mimi://a.example/u/alice", "mimi://a.example/u/bob"


def test_files_are_found_by_name_as_long_as_they_are_young_enough(store: Store) -> None:
    store.files.add("one", ALICE, b"1", 100)
    store.files.add("two", ALICE, b"", 101)
    assert [store.files.get(name, since=0) for name in ("one", "two", "three")] == [b"1", b"", None]
    assert [store.files.get(name, since=101) for name in ("one", "two")] == [None, b""]
    store.files.forget(101)
    assert [store.files.get(name, since=0) for name in ("one", "two")] == [None, b""]


def test_the_oldest_of_a_user_make_way(store: Store) -> None:
    for name, user in (("a1", ALICE), ("b1", BOB), ("a2", ALICE), ("a3", ALICE)):
        store.files.add(name, user, b"x", 100)
    store.files.keep_newest(ALICE, 2)
    left = [name for name in ("a1", "a2", "a3", "b1") if store.files.get(name, since=0)]
    assert left == ["a2", "a3", "b1"]
