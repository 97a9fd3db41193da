"""Who is asked."""

from simulator.net.hop import Hop


def test_the_provider_where_it_is_known_else_the_host() -> None:
    assert Hop("a.example", "mimi.hosting.example", "GET", "/", "b.example").provider == "b.example"
    assert Hop("a.example", "ds.b.example", "GET", "/").provider == "ds.b.example"
