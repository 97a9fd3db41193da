"""Names lead to addresses, or say why they don't."""

import pytest

from simulator.net import Address, Network
from simulator.net.client.request_route import NoRoute, RequestRoute

HERE = Address("127.0.0.1", 4711)


def test_a_bound_name_leads_to_its_address_in_any_case() -> None:
    network = Network()
    network.bind("DS.a.example", HERE)
    assert network.lookup("ds.A.example") == HERE
    assert network.route(RequestRoute("b.example", "ds.a.example", "GET", "/")) == HERE


def test_an_unknown_name_hints_at_the_nearest() -> None:
    network = Network()
    network.bind("ds.a.example", HERE)
    with pytest.raises(NoRoute, match=r'no host has the name ds\.a\.exampel \(did you mean "ds\.a\.example"\?\)'):
        network.route(RequestRoute("b.example", "ds.a.exampel", "GET", "/"))


def test_an_unbound_name_is_down_and_can_come_back_elsewhere() -> None:
    network = Network()
    network.bind("ds.a.example", HERE)
    network.unbind("ds.a.example")
    assert network.lookup("ds.a.example") is None
    with pytest.raises(NoRoute, match=r"ds\.a\.example is down"):
        network.route(RequestRoute("b.example", "ds.a.example", "GET", "/"))
    network.bind("ds.a.example", Address("127.0.0.1", 4712))
    assert network.lookup("ds.a.example") == Address("127.0.0.1", 4712)


def test_only_a_known_name_can_be_unbound() -> None:
    with pytest.raises(NoRoute):
        Network().unbind("ds.a.example")


def test_a_name_is_known_whether_it_is_up_or_down() -> None:
    network = Network()
    assert not network.knows("ds.a.example")
    network.bind("ds.a.example", HERE)
    network.unbind("DS.a.example")
    assert network.knows("ds.A.example")
