"""Who is asked."""

from simulator.net.client.request_route import RequestRoute


def test_the_provider_where_it_is_known_else_the_host() -> None:
    assert RequestRoute("a.example", "mimi.hosting.example", "GET", "/", "b.example").provider == "b.example"
    assert RequestRoute("a.example", "ds.b.example", "GET", "/").provider == "ds.b.example"
