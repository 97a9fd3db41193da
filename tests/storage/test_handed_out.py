"""Which KeyPackages may be used in a Welcome."""

from simulator.storage import Store


def test_each_may_be_used_as_often_as_it_was_handed_out(store: Store) -> None:
    for reference in (b"once", b"last resort", b"last resort"):
        store.handed_out.add(reference)
    assert store.handed_out.of([b"once", b"last resort", b"never"]) == {b"once": 1, b"last resort": 2}
    store.handed_out.use({b"once": 1, b"last resort": 1})
    assert store.handed_out.of([b"once", b"last resort"]) == {b"last resort": 1}
