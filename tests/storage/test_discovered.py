"""Where other providers serve."""

from simulator.storage import KeptDocument, Store


def test_the_last_document_of_a_provider_counts_until_it_is_forgotten(store: Store) -> None:
    assert store.discovered.get("b.example") is None
    store.discovered.put(KeptDocument("b.example", b"ds.b.example", 100))
    moved = KeptDocument("b.example", b"\x00 any bytes", 200)
    store.discovered.put(moved)
    other = KeptDocument("c.example", b"", 50)
    store.discovered.put(other)
    assert store.discovered.get("b.example") == moved
    store.discovered.remove("b.example")
    assert store.discovered.get("b.example") is None
    assert store.discovered.get("c.example") == other
