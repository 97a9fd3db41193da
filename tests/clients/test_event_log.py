"""Who wants to hear of a client's events hears of each once."""

from simulator.clients.event_log import EventLog
from simulator.clients.events import Event, Joined


def test_it_is_a_list_that_tells() -> None:
    heard: list[Event] = []
    log = EventLog()
    log.append(Joined("g", 1))
    log.heard_by = heard.append
    log.append(Joined("g", 2))
    assert (log, heard) == ([Joined("g", 1), Joined("g", 2)], [Joined("g", 2)])
