"""Who wants to hear of a client's events hears of each once."""

from simulator.bounded_records import Bounds
from simulator.clients.events.event_log import EventLog
from simulator.clients.events.events import Event, Joined, Received


def test_it_is_a_list_that_tells() -> None:
    heard: list[Event] = []
    log = EventLog()
    log.append(Joined("g", 1))
    log.heard_by = heard.append
    log.append(Joined("g", 2))
    assert (log, heard) == ([Joined("g", 1), Joined("g", 2)], [Joined("g", 2)])


def message(number: int, size: int = 1) -> Received:
    return Received("g", 1, "mimi://b.example/d/bob/phone", bytes([number]) * size)


def test_with_bounds_numbers_go_on_and_the_last_are_kept() -> None:
    log = EventLog()
    log.bounds = Bounds(4, 10**6)
    for number in range(6):
        log.append(Joined("g", number))
        log.append(message(number))
    assert (log.total, len(log), log.forgotten) == (12, 4, 8)
    assert log.since(10) == (Joined("g", 5), message(5))
    assert log.since(3) == log.since(0) == tuple(log)
    assert log.messages_since(5) == ((message(5),), 6)
    assert log.messages_since(0) == ((message(4), message(5)), 6)
    assert log.messages_since(6) == ((), 6)


def test_large_messages_are_kept_for_a_shorter_time() -> None:
    log = EventLog()
    log.bounds = Bounds(1_000, 100_000)
    for number in range(50):
        log.append(message(number, 30_000))
    assert [event.data[0] for event in log.messages_since(0)[0]] == [47, 48, 49]
    assert log.messages_since(48)[1] == 50
