"""The keys of providers."""

from simulator.storage import LATEST, KeptKey, OwnKey, Store


def test_all_own_keys_are_kept_and_the_newest_is_known(store: Store) -> None:
    assert store.own_keys.newest(0) is None
    old = OwnKey(b"1", b"old public", b"old private", 0, 100)
    new = OwnKey(b"2", b"new public", b"new private", 90, 200)
    store.own_keys.add(new)
    store.own_keys.add(old)
    assert store.own_keys.newest(95) == new
    assert store.own_keys.newest(89) == old, "what is only good later is no key yet"
    assert store.own_keys.newest(201) is None
    assert store.own_keys.by_public_key(b"old public") == old
    assert store.own_keys.by_public_key(b"nobody's") is None
    assert (store.own_keys.by_id(old.key_id), store.own_keys.by_id(b"nobody's")) == (old, None)


def test_the_last_key_of_a_peer_counts(store: Store) -> None:
    assert store.peer_keys.get("b.example") is None
    store.peer_keys.put(KeptKey("b.example", b"1", b"old", 0, 100, 10))
    new = KeptKey("b.example", b"2", b"new", 0, 100, 20)
    store.peer_keys.put(new)
    assert store.peer_keys.get("b.example") == new


def test_no_private_key_is_shown_by_accident() -> None:
    shown = repr(OwnKey(b"1", b"public", b"private", 0, 100))
    assert "b'public'" in shown
    assert "b'private'" not in shown


def test_a_time_that_is_later_than_any_integer_of_sqlite(store: Store) -> None:
    store.peer_keys.put(KeptKey("b.example", b"1", b"key", 2**63, 2**64 - 1, 20))
    assert store.peer_keys.get("b.example") == KeptKey("b.example", b"1", b"key", LATEST, LATEST, 20)
