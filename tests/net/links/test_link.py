"""What links are like."""

import pytest

from simulator.net.links import Link, NetworkModel


@pytest.mark.parametrize(
    ("bandwidth", "octets", "nanoseconds"),
    [(None, 10**9, 0), (8_000_000, 1000, 1_000_000), (10**10, 1, 1), (1000, 125, 10**9), (3000, 0, 0)],
)
def test_octets_leave_by_the_bandwidth(bandwidth: int | None, octets: int, nanoseconds: int) -> None:
    assert Link(bandwidth=bandwidth).sending(octets) == nanoseconds


def test_a_direction_is_as_all_others_unless_said() -> None:
    slow = Link(latency=5)
    model = NetworkModel(Link(latency=1), {("a.example", "b.example"): slow})
    assert model.link("a.example", "b.example") is slow
    assert model.link("b.example", "a.example") == model.link("a.example", "c.example") == Link(latency=1)
