"""When messages arrive that are sent over one direction of a link."""

import pytest

from simulator.net.clock import NANOSECONDS
from simulator.net.links.line import LONGEST_TIMEOUT, SEGMENT, Line, Message
from simulator.net.links.link import Link

MS = NANOSECONDS // 1000


def message(number: int, octets: int = 1000) -> Message:
    return Message(("request", str(number)), octets)


def test_what_is_behind_waits_until_the_octets_before_it_have_left() -> None:
    line = Line(Link(latency=40 * MS, bandwidth=8_000_000), 1)  # 1000 octets take 1 ms
    assert [line.arrival(0, message(number)) for number in range(3)] == [41 * MS, 42 * MS, 43 * MS]
    assert line.arrival(10 * MS, message(3)) == 51 * MS, "nothing is before it any more"


def test_without_bandwidth_nothing_waits() -> None:
    line = Line(Link(latency=40 * MS), 1)
    assert {line.arrival(7, message(number, 10**9)) for number in range(3)} == {7 + 40 * MS}


def test_jitter_is_spread_evenly_and_the_same_for_the_same_seed() -> None:
    def arrivals(seed: int) -> list[int]:
        line = Line(Link(latency=40 * MS, jitter=10 * MS), seed)
        return [line.arrival(0, message(number)) for number in range(1000)]

    found = arrivals(1)
    assert min(found) >= 40 * MS
    assert max(found) <= 50 * MS
    assert 44.5 * MS < sum(found) / len(found) < 45.5 * MS
    assert found == arrivals(1) != arrivals(2)


def test_what_is_drawn_for_a_message_does_not_depend_on_others() -> None:
    one, other = (Line(Link(jitter=10 * MS), 1) for _ in range(2))
    one.arrival(0, message(1))
    assert one.arrival(0, message(2)) == other.arrival(0, message(2))
    assert one.arrival(0, message(2)) != other.arrival(0, message(1)), "sent again, it takes another time"


@pytest.mark.parametrize(("loss", "octets", "share"), [(0.1, 100, 0.1), (0.1, 2 * SEGMENT, 0.19), (0.5, 100, 0.5)])
def test_losses_cost_timeouts_that_double(loss: float, octets: int, share: float) -> None:
    line = Line(Link(loss=loss), 1)
    found = [line.arrival(0, message(number, octets)) // NANOSECONDS for number in range(2000)]
    assert set(found) <= {0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303}
    late = sum(each > 0 for each in found) / len(found)
    assert abs(late - share) < 0.03
    assert (max(found) > 3) or loss < 0.5


def test_a_segment_that_never_gets_through_is_not_sent_for_ever() -> None:
    assert 10 * LONGEST_TIMEOUT < Line(Link(loss=1), 1).arrival(0, message(1)) < 16 * LONGEST_TIMEOUT
