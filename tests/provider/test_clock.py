"""Protocol time stands still until it is advanced."""

from functools import partial

import pytest

from simulator.provider import ManualClock
from simulator.provider.clock import OwnClock


def test_what_is_due_happens_at_its_own_moment_and_in_order() -> None:
    clock = ManualClock(100)
    seen: list[tuple[str, int]] = []
    for name, time in [("late", 120), ("first", 110), ("second", 110), ("never", 200)]:
        clock.call_at(time, lambda name=name: seen.append((name, clock.now())))  # type: ignore[misc]
    clock.advance(5)
    assert seen == []
    clock.advance(15)
    assert seen == [("first", 110), ("second", 110), ("late", 120)]
    assert clock.now() == 120


def test_what_is_due_already_happens_at_once() -> None:
    seen: list[int] = []
    ManualClock(100).call_at(100, lambda: seen.append(1))
    assert seen == [1]


def test_what_an_action_asks_for_happens_within_the_same_advance() -> None:
    clock = ManualClock(0)
    seen: list[int] = []
    clock.call_at(10, lambda: clock.call_at(20, lambda: seen.append(clock.now())))
    clock.advance(30)
    assert seen == [20]


def test_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="does not go back 1 seconds"):
        ManualClock(0).advance(-1)


def test_a_clock_of_ones_own_is_right_until_somebody_sets_it() -> None:
    common = ManualClock(100)
    own = OwnClock(common)
    common.advance(20)
    assert own.now() == 120
    own.set_ahead(-10)
    assert own.now() == 110
    own.set_ahead(0)
    assert own.now() == 120


@pytest.mark.parametrize("ahead", [100, -100])
def test_what_is_counted_is_counted_whatever_the_clock_shows(ahead: int) -> None:
    common = ManualClock(1000)
    own = OwnClock(common)
    start = own.elapsed()
    own.set_ahead(ahead)
    common.advance(20)
    assert (own.now(), own.elapsed() - start) == (1020 + ahead, 20)


@pytest.mark.parametrize("ahead", [100, -100])
def test_what_is_to_happen_later_happens_after_so_many_seconds_whatever_the_clock_shows(ahead: int) -> None:
    common = ManualClock(1000)
    own = OwnClock(common)
    seen: list[int] = []
    own.call_after(20, lambda: seen.append(common.now()))
    own.set_ahead(ahead)
    common.advance(19)
    assert seen == []
    common.advance(1)
    assert seen == [1020]


def test_time_is_finer_than_its_seconds() -> None:
    clock = ManualClock(10)
    happened: list[tuple[str, int, int]] = []

    def note(what: str) -> None:
        happened.append((what, clock.nanoseconds, clock.now()))

    clock.call_at(11, partial(note, "second"))
    clock.call_at_nanosecond(10_999_999_999, partial(note, "before"))
    clock.call_at_nanosecond(10_000_000_000, partial(note, "now"))
    assert happened == [], "not before somebody lets time pass"
    assert clock.has_until(10_000_000_000)
    while clock.step(10_999_999_999):
        pass
    assert happened == [("now", 10_000_000_000, 10), ("before", 10_999_999_999, 10)]
    clock.advance_to(5)
    assert clock.nanoseconds == 10_999_999_999, "the past is over"
    assert clock.step()
    assert happened[2:] == [("second", 11_000_000_000, 11)]
    assert not clock.step()
    clock.advance_to(11_000_000_007)
    clock.advance(1)
    assert clock.nanoseconds == 12_000_000_007
