"""The connection is what both HTTP versions need of it."""

import inspect

from simulator.net.connection import Connection
from simulator.net.link import Link


def test_a_connection_is_a_link() -> None:
    needed = {name for name in vars(Link) if not name.startswith("_")}
    assert len(needed) == 8
    for name in needed - {"stopping"}:
        assert inspect.signature(getattr(Connection, name)) == inspect.signature(getattr(Link, name))
