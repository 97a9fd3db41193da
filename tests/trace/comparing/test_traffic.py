"""How much goes over the wire, before and after."""

from simulator.trace.comparing.traffic import Sent, traffic_changes

ASK = Sent("send", "a 1 send", "ask", 10)


def test_what_has_not_changed_is_not_told() -> None:
    assert traffic_changes([ASK], [ASK]) == ()


def test_messages_bytes_and_round_trips_are_told_before_and_after() -> None:
    second = Sent("send", "a 2 send", "ask", 10)
    found = traffic_changes([ASK, second], [ASK, ASK, ASK, second])
    assert [str(each) for each in found] == [
        "ask: 2 -> 4 messages, 20 -> 40 bytes",
        "step send: 1.0 -> 2.0 round trips",
    ]
    assert [str(each) for each in traffic_changes([ASK], [Sent("send", "a 1 send", "ask", 12)])] == [
        "ask: 1 message, 10 -> 12 bytes"
    ]


def test_what_one_of_the_runs_has_not_reached_is_no_change() -> None:
    late = Sent("request", "a 9 request", "ask", 10)
    assert traffic_changes([ASK, late], [ASK], {"a 9 request"}) == ()
