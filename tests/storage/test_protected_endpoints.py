"""Where tokens are asked for."""

from simulator.storage import Store


def test_each_endpoint_of_an_origin_asks_for_itself(store: Store) -> None:
    for _ in range(2):
        store.protected_endpoints.add("ds.b.example", "connection_key_packages")
    assert store.protected_endpoints.has("ds.b.example", "connection_key_packages")
    assert not store.protected_endpoints.has("ds.b.example", "group_key_packages")
    assert not store.protected_endpoints.has("ds.c.example", "connection_key_packages")
