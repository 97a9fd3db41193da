"""Events keep the order in which they began, whatever order they end in."""

from dataclasses import replace
from itertools import count

from simulator.bounded_records import Bounds
from simulator.trace import Event, Exchange, Recorded, Recorder, TLSFailure

EXCHANGE = Exchange(
    sender="b.example",
    recipient="ds.a.example",
    endpoint="/deliver_message",
    method="POST",
    url="https://ds.a.example/deliver_message",
    request_headers=(),
    request=b"",
    started=1.0,
    seconds=0.5,
)
FAILURE = TLSFailure(server="a.example", reason="unsupported protocol", peer=("127.0.0.1", 1), started=1.0)


def test_numbers_count_from_one_in_order_of_beginning() -> None:
    recorder = Recorder()
    first, second = recorder.begin(), recorder.begin()
    recorder.add(replace(EXCHANGE, method="SECOND"), second)
    recorder.add(FAILURE)
    recorder.add(replace(EXCHANGE, method="FIRST"), first)
    assert [event.number for event in recorder.events] == [1, 2, 3]
    assert [event.method for event in recorder.exchanges] == ["FIRST", "SECOND"]
    assert isinstance(recorder.events[2], TLSFailure)


def test_the_step_is_the_one_of_the_beginning() -> None:
    recorder = Recorder()
    recorder.step = "create the group"
    mark = recorder.begin()
    recorder.step = "add bob"
    added = recorder.add(EXCHANGE, mark)
    assert added.step == "create the group"
    assert recorder.add(FAILURE).step == "add bob"


def test_events_are_a_snapshot() -> None:
    recorder = Recorder()
    before = recorder.events
    recorder.add(EXCHANGE)
    assert before == ()
    assert len(recorder.events) == 1


def test_times_and_ports_are_no_part_of_equality() -> None:
    assert replace(EXCHANGE, started=2.0, seconds=3.0) == EXCHANGE
    assert replace(FAILURE, started=2.0, peer=("127.0.0.1", 2)) == FAILURE
    assert replace(EXCHANGE, status=200) != EXCHANGE


class Shelf:
    def __init__(self) -> None:
        self.found: list[Event] = []

    def add(self, event: Event) -> None:
        self.found.append(event)


def test_sinks_get_events_when_they_have_ended() -> None:
    shelf = Shelf()
    recorder = Recorder(shelf)
    first, second = recorder.begin(), recorder.begin()
    recorder.add(FAILURE, second)
    recorder.add(EXCHANGE, first)
    assert [event.number for event in shelf.found] == [2, 1]


def test_a_step_has_a_number() -> None:
    recorder = Recorder()
    recorder.enter("3 send", 3)
    assert (recorder.add(FAILURE).step, recorder.add(FAILURE).step_number) == ("3 send", 3)


def test_connections_count_from_one() -> None:
    recorder = Recorder()
    assert [recorder.connection(), recorder.connection()] == [1, 2]


def judging(bounds: Bounds | None = None) -> Recorder:
    """A recorder that takes every answer for a refusal but 200."""
    recorder = Recorder(bounds=bounds)
    recorder.verdict_on = lambda exchange: (exchange.status != 200, None)
    return recorder


def test_the_same_bytes_again_are_another_attempt_until_one_succeeds() -> None:
    recorder = judging()
    failed, refused, done = (
        replace(EXCHANGE, error="reset"),
        replace(EXCHANGE, status=503),
        replace(EXCHANGE, status=200),
    )
    other = replace(failed, request=b"something else")
    added = [recorder.add(each) for each in (failed, refused, other, done, done, failed)]
    assert [exchange.attempt for exchange in added] == [1, 2, 1, 3, 1, 1]


def test_attempts_are_counted_for_each_way() -> None:
    recorder = Recorder()
    failed = replace(EXCHANGE, error="reset")
    ways = [
        {},
        {"sender": "c.example"},
        {"recipient": "ds.d.example"},
        {"endpoint": "/other"},
        {"variables": {"user": "carol"}},
        {"variables": {"user": "dan"}},
    ]
    assert [recorder.add(replace(failed, **way)).attempt for way in ways] == [1] * 6
    assert [recorder.add(replace(failed, **way)).attempt for way in ways] == [2] * 6


def test_whether_an_answer_is_a_refusal_is_for_the_draft_to_say() -> None:
    recorder = Recorder()
    recorder.verdict_on = lambda exchange: (exchange.response == b"no", "wrong_epoch")
    added = [recorder.add(replace(EXCHANGE, status=status, response=b"no")) for status in (200, 409, None)]
    assert [(exchange.refused, exchange.code) for exchange in added] == [
        (True, "wrong_epoch"),
        (True, "wrong_epoch"),
        (False, None),
    ]


def test_with_bounds_the_last_events_are_kept_and_failures_too() -> None:
    recorder = judging(Bounds(10, 1_000_000))
    for number in range(100):
        recorder.add(replace(EXCHANGE, request=b"%d" % number, status=404))
        recorder.add(FAILURE)
    assert [event.number for event in recorder.events] == list(range(191, 201))
    assert [exchange.request for exchange in recorder.exchanges] == [b"95", b"96", b"97", b"98", b"99"]
    assert recorder.add(replace(EXCHANGE, request=b"99", status=404)).attempt == 2
    assert recorder.add(replace(EXCHANGE, request=b"1", status=404)).attempt == 1
    recorder.add(replace(EXCHANGE, response=bytes(2_000_000)))
    assert len(recorder.events) == 1


def test_attempts_count_failures_in_a_row_of_the_same_request() -> None:
    recorder = judging()
    found = []
    for body, status in ((b"x", 503), (b"y", 503), (b"x", 503), (b"x", 200), (b"x", 503)):
        found.append(recorder.add(replace(EXCHANGE, request=body, status=status)).attempt)
    assert found == [1, 1, 2, 3, 1]


def test_what_is_taken_is_forgotten() -> None:
    recorder = Recorder()
    recorder.enter("1 send", 1)
    recorder.add(EXCHANGE)
    recorder.broken[1] = {"RULE": None}
    recorder.let_through["RULE"] = None
    taken = recorder.take()
    assert [event.step for event in taken.events] == ["1 send"]
    assert (taken.broken, taken.let_through) == ({1: ("RULE",)}, ("RULE",))
    assert recorder.take() == Recorded((), {}, ())
    assert recorder.add(EXCHANGE).number == 2


class Others:
    """The recorders of two other processes."""

    def __init__(self) -> None:
        self.steps: list[str | None] = []
        self.got: list[Recorded] = []

    def entered(self, step: str | None, number: int) -> None:
        self.steps.append(step)

    def recorded(self) -> list[Recorded]:
        got, self.got = self.got, []
        return got


def test_others_are_merged_in_the_order_of_time_before_anything_follows() -> None:
    recorder, others = Recorder(), Others()
    recorder.elsewhere = others
    early, late = replace(EXCHANGE, method="EARLY"), replace(EXCHANGE, method="LATE", started=2.0)
    others.got = [
        Recorded((late, replace(FAILURE, started=3.0)), {1: ("A",)}, ("A",)),
        Recorded((early,), {1: ("B",)}, ()),
    ]
    recorder.enter("2 send", 2)
    assert others.steps == ["2 send"]
    assert [event.method for event in recorder.exchanges] == ["EARLY", "LATE"]
    assert (recorder.broken, recorder.let_through) == ({1: {"A": None, "B": None}}, {"A": None})
    others.got = [Recorded((early,), {}, ())]
    assert recorder.add(EXCHANGE).number == 5
    others.got = [Recorded((late,), {}, ())]
    assert [event.number for event in recorder.events] == list(range(1, 7))


def test_connections_are_counted_as_one_says() -> None:
    recorder = Recorder(connections=count(2, 3))
    assert [recorder.connection(), recorder.connection()] == [2, 5]
