"""The connection is what the HTTP versions and the application need of it."""

import inspect

from simulator.net.server.connection import Connection
from simulator.net.server.link import Link


def test_a_connection_is_a_link() -> None:
    needed = {name for name in vars(Link) if not name.startswith("_")}
    assert needed == {"facts", "stopping", "write", "turn", "linger", "hang_up"}
    for name in ("write", "turn", "linger", "hang_up"):
        assert inspect.signature(getattr(Connection, name)) == inspect.signature(getattr(Link, name))
