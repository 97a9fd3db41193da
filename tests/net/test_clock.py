"""Time for a network in which nothing waits for time."""

from simulator.net.clock import StoppedClock


def test_it_never_passes() -> None:
    clock = StoppedClock()
    happened: list[int] = []
    clock.call_at(0, lambda: happened.append(0))
    clock.call_at(1, lambda: happened.append(1))
    assert (clock.now(), happened) == (0, [0])
