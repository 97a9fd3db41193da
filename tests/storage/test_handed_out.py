"""Which KeyPackages may be used in a Welcome."""

from simulator.storage import Store

NOW = 1000


def test_each_may_be_used_as_often_as_it_was_handed_out(store: Store) -> None:
    for reference in (b"once", b"last resort", b"last resort"):
        store.handed_out.add(reference, NOW, NOW)
    assert store.handed_out.of([b"once", b"last resort", b"never"], NOW) == {b"once": 1, b"last resort": 2}
    store.handed_out.use({b"once": 1, b"last resort": 1})
    assert store.handed_out.of([b"once", b"last resort"], NOW) == {b"last resort": 1}


def test_after_its_lifetime_none_may_be_used_and_the_next_one_that_is_handed_out_makes_it_forgotten(
    store: Store,
) -> None:
    store.handed_out.add(b"old", NOW, NOW)
    before = store.own_rows()["handed_out"]
    assert store.handed_out.of([b"old"], NOW + 1) == {}
    assert store.own_rows()["handed_out"] == before
    store.handed_out.add(b"new", 2**64 - 1, NOW + 1)
    assert store.handed_out.of([b"old", b"new"], NOW) == {b"new": 1}
