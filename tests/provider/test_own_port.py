"""The port that a provider was given, or any."""

import socket

import pytest

from simulator.provider import PortTaken, own_port


def test_a_port_at_which_somebody_listens_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"a\.example can't serve at port {port}"):
            own_port("a.example", port)


def test_without_one_any_is_free() -> None:
    with own_port("a.example", None) as one, own_port("b.example", None) as other:
        assert one.getsockname()[1] != other.getsockname()[1]
