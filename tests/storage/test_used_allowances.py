"""What each user has used."""

from simulator.storage import Store


def test_it_is_counted_by_user_origin_and_window(store: Store) -> None:
    for _ in range(2):
        store.used_allowances.add("alice", "ds.b.example", 7)
    store.used_allowances.add("bert", "ds.b.example", 7)
    assert store.used_allowances.used("alice", "ds.b.example", 7) == 2
    assert store.used_allowances.used("alice", "ds.c.example", 7) == 0
    assert store.used_allowances.used("alice", "ds.b.example", 8) == 0


def test_earlier_windows_are_forgotten(store: Store) -> None:
    store.used_allowances.add("alice", "ds.b.example", 7)
    store.used_allowances.add("bert", "ds.b.example", 8)
    assert store.used_allowances.used("alice", "ds.b.example", 7) == 0
