"""Where tokens are asked for."""

from simulator.storage import Store


def test_each_endpoint_of_an_origin_asks_for_itself(store: Store) -> None:
    for _ in range(2):
        store.protected_endpoints.add("ds.b.example", "connection_key_packages")
    store.protected_endpoints.add("ds.b.example", "welcome_information")
    assert store.protected_endpoints.of("ds.b.example") == ("connection_key_packages", "welcome_information")
    assert store.protected_endpoints.of("ds.c.example") == ()
