"""Two runs are compared in the protocol's words; two of one seed have no difference."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.codec import write_varint
from simulator.drafts.dissection import dissector
from simulator.scenario import load_file, run_scenario
from simulator.scenario.running.tracing import header
from simulator.trace import Dissection, Exchange, Node, Recorder, StepEnded, Trace
from simulator.trace.comparing.change import Change
from simulator.trace.comparing.diff import diff
from simulator.trace.tree import Part
from tests.scenario.small_scenarios import Silent
from tests.trace.examples import EXCHANGE, FAILURE, HEADER, JOINED, trace

SCENARIOS = Path(__file__).parents[3] / "scenarios"
GROUP = "mimi://a.example/g/00112233445566778899aabbccddeeff"


def dissect(_: str, part: Part, data: bytes) -> Dissection:
    """Four bytes of number, then text or key."""
    number = Node("epoch", "epoch", "uint32", str(data[0]), 0, 4)
    key = Node("key", "key", "opaque<V>", data[4:].hex(), 4, len(data) - 4)
    return Dissection(Node("Example", "", "Example", "", 0, len(data), (number, key)))


def of(*exchanges: Exchange) -> Trace:
    return replace(trace(*exchanges), dissect=dissect)


def changes(old: Exchange, new: Exchange) -> list[tuple[str, str, str, str]]:
    return [(c.message, f"{c.struct} {c.field}".strip(), c.old, c.new) for c in diff([of(old)], [of(new)]).changes]


@pytest.mark.parametrize("name", ["joins/racing-adds", "fanout/offline-client", "malicious/rewritten-sender"])
async def test_a_run_recorded_twice_with_one_seed_has_no_difference_and_with_another_only_random_ones(
    name: str,
) -> None:
    scenario = load_file(SCENARIOS / f"{name}.yaml")
    traces = []
    for seed in (7, 7, 8):
        recorder = Recorder()
        await run_scenario(scenario, seed, Silent(), recorder)
        traces.append(Trace.of_run(header(scenario, seed), recorder.events))
    first, second, other = traces
    assert not diff([first], [second])
    found = diff([first], [other]).changes
    assert {change.field for change in found} <= {"seed", "noticed", "size"}
    assert [(change.old, change.new) for change in found if change.field == "seed"] == [("7", "8")]


def test_a_field_is_named_with_struct_and_path() -> None:
    old, new = replace(EXCHANGE, request=b"\1aaakey!"), replace(EXCHANGE, request=b"\2aaakey!")
    assert changes(old, new) == [("deliver_message #1 request", "Example epoch", "uint32 1", "uint32 2")]


def test_sizes_status_codes_and_faults_are_told() -> None:
    new = replace(EXCHANGE, status=409, code="wrong_epoch", fault="delay", response=b"answer!")
    found = changes(EXCHANGE, new)
    assert ("deliver_message #1", "status", "200", "409") in found
    assert ("deliver_message #1", "code", "", "wrong_epoch") in found
    assert ("deliver_message #1", "fault", "", "delay") in found
    assert ("deliver_message #1 answer", "size", "6 bytes", "7 bytes") in found


@pytest.mark.parametrize(
    ("name", "fact", "told"),
    [
        ("method", "PUT", "method"),
        ("error", "reset", "error"),
        ("attempt", 2, "attempt"),
        ("http_version", "2", "http"),
    ],
)
def test_every_fact_of_a_message_is_compared(name: str, fact: object, told: str) -> None:
    ((message, field, _, after),) = changes(EXCHANGE, replace(EXCHANGE, **{name: fact}))  # type: ignore[arg-type]
    assert (message, field, after) == ("deliver_message #1", told, str(fact))


def test_handshakes_that_failed_and_how_steps_ended_are_compared() -> None:
    old, new = trace(FAILURE), trace(replace(FAILURE, reason="certificate expired"))
    assert [(c.where, c.old or c.new) for c in diff([old], [new]).changes] == [
        ("a.example", "TLSFailure: unsupported protocol"),
        ("a.example", "TLSFailure: certificate expired"),
    ]
    failed = tuple(replace(each, result="failed") if isinstance(each, StepEnded) else each for each in old.events)
    (change,) = diff([old], [replace(old, events=failed)]).changes
    assert (change.place, change.field, change.old, change.new) == ("step 1 send", "result", "passed", "failed")


def test_random_bytes_of_the_same_length_are_counted() -> None:
    old, new = replace(EXCHANGE, request=b"\1aaa\xff\xfe\xfd\xfc"), replace(EXCHANGE, request=b"\1aaa\xf0\xf1\xf2\xf3")
    ((message, field, before, after),) = changes(old, new)
    assert (message, field, before) == ("deliver_message #1 request", "bytes", "")
    assert after == "1"


def test_the_random_part_of_a_name_counts_as_random_and_the_rest_does_not() -> None:
    here, there = GROUP.encode(), GROUP.replace("0011", "ffff").encode()
    ((_, field, _, _),) = changes(
        replace(EXCHANGE, request=b"\1aaa" + here), replace(EXCHANGE, request=b"\1aaa" + there)
    )
    assert field == "bytes"
    ((_, field, before, after),) = changes(
        replace(EXCHANGE, request=b"\1aaa" + here), replace(EXCHANGE, request=b"\1aaa" + here.replace(b"a.ex", b"b.ex"))
    )
    assert field == "Example key"
    assert (GROUP in before, "mimi://b.example" in after) == (True, True)


def test_messages_that_are_gone_or_added_do_not_shift_the_others() -> None:
    extra = replace(EXCHANGE, endpoint="verification_key", operation="verification_key")
    (change,) = diff([of(EXCHANGE, EXCHANGE)], [of(extra, EXCHANGE, EXCHANGE)]).changes
    assert (change.where, change.message, change.field, change.old, change.new) == (
        "b.example -> a.example",
        "verification_key #1",
        "message",
        "",
        "verification_key: 200",
    )
    (change,) = diff([of(extra, EXCHANGE)], [of(EXCHANGE)]).changes
    assert (change.old, change.new) == ("verification_key: 200", "")


def test_what_was_noticed_is_compared() -> None:
    rejected = replace(JOINED, kind="Rejected", epoch=None, rule="aead")
    found = diff([trace(JOINED)], [trace(rejected)]).changes
    assert [(c.where, c.old, c.new) for c in found] == [
        ("alice.phone", "Joined 2", ""),
        ("alice.phone", "", "Rejected aead"),
    ]


def test_scenarios_steps_and_verdicts_are_compared() -> None:
    one = trace(EXCHANGE)
    two = replace(one, header=replace(one.header, scenario="another"))
    assert diff([one, two], [one]).changes == (Change("another", field="scenario", old="was run"),)
    assert diff([one], [one, two]).changes == (Change("another", field="scenario", new="was run"),)
    unfinished = replace(one, events=one.events[:-1])
    assert [(c.field, c.old, c.new) for c in diff([one], [unfinished]).changes] == [("result", "passed", "unfinished")]
    empty = replace(one, events=one.events[-1:])
    assert [(c.place, c.field, c.old) for c in diff([one], [empty]).changes] == [
        ("step 1 send", "step", "passed, 1 message")
    ]


def steps(*labels: str, seed: int = 7) -> Trace:
    recorder = Recorder()
    for number, label in enumerate(labels, 1):
        recorder.enter(f"{number} {label}", number)
        recorder.add(replace(EXCHANGE, request=label.encode() + bytes(8)))
    return Trace(replace(HEADER, seed=seed), recorder.events, dissect)


def test_a_step_that_was_put_in_does_not_shift_those_behind_it() -> None:
    before, after = steps("send one", "send two"), steps("send one", "offline", "send two")
    assert diff([before], [after]).changes == (
        Change(HEADER.scenario, "2 offline", field="step", new="happened, 1 message"),
    )
    assert diff([after], [before]).changes == (
        Change(HEADER.scenario, "2 offline", field="step", old="happened, 1 message"),
    )


def test_other_random_bytes_are_one_cause_with_their_number() -> None:
    labels = ["send"] * 5
    before, after = (steps(*labels) for _ in range(2))
    other = [replace(each, request=each.request[:-1] + b"\xff") for each in after.exchanges]
    few = replace(after, events=(*after.events[:-3], *other[-3:]))
    found = diff([before], [few])
    assert [(c.step, c.field, c.new) for c in found.changes] == [(f"{n} send", "bytes", "1") for n in (3, 4, 5)]
    (cause,) = found.causes
    assert (cause.byte_strings, cause.scenarios) == (3, (HEADER.scenario,))


def test_a_run_that_stops_early_is_told_once_and_its_later_steps_are_no_differences() -> None:
    before, after = steps("send", "offline", "send", "send"), steps("send", "offline")
    ended = StepEnded(started=1.0, line=1, result="failed", step="2 offline", step_number=2, number=99)
    found = diff([before], [replace(after, events=(*after.events, ended))]).changes
    assert [(c.field, c.old, c.new) for c in found] == [("steps", "4", "2, no more reached"), ("result", "", "failed")]


def test_a_message_that_was_sent_again_is_told_to_be_so() -> None:
    (change,) = diff([of(EXCHANGE)], [of(EXCHANGE, EXCHANGE)]).changes
    assert change.new == "once more, byte for byte: deliver_message: 200"


def test_another_seed_is_told_once_and_not_each_byte_that_comes_of_it() -> None:
    one, two = steps("send"), steps("send", seed=8)
    two = replace(two, events=tuple(replace(each, request=b"send" + b"\xfe" * 8) for each in two.exchanges))
    assert diff([one], [two]).changes == (Change(HEADER.scenario, field="seed", old="7", new="8"),)
    others = [replace(each, header=replace(each.header, scenario="another")) for each in (one, two)]
    assert diff([one, others[0]], [two, others[1]]).changes == (
        Change("all 2 scenarios", field="seed", old="7", new="8"),
    )
    assert [c.scenario for c in diff([one, others[0]], [one, others[1]]).changes] == ["another"]


def test_a_run_of_a_scenario_with_another_seed_more_is_a_difference() -> None:
    first = trace(EXCHANGE)
    second = replace(first, header=replace(HEADER, seed=8), again=True)
    (added,) = diff([first], [first, second]).changes
    assert (added.scenario, added.field, added.new) == (f"{HEADER.scenario} seed 8", "scenario", "was run")
    assert not diff([first, second], [first, second])


def test_a_difference_among_items_that_are_not_shown_is_one() -> None:
    head = b"\x00\x01\x09b.example\x09c.example\x00"
    bodies = [
        head + write_varint(20_003) + b"\x00\x00" * 5000 + b"\x00\x01" + each + b"\x00\x00" * 5000
        for each in (b"a", b"b")
    ]
    old, new = (
        [replace(trace(replace(EXCHANGE, request=body)), dissect=dissector("mimi-transport-00"))] for body in bodies
    )
    assert not diff(old, old)
    (found,) = diff(old, new).changes
    assert (found.field, found.old[:5]) == ("signed.recipients[4096…]", "more ")
    assert "5,905 more items in 11,811 bytes" in found.new


def test_a_vector_that_had_no_items_is_told_by_those_that_it_has_now() -> None:
    client = b"\x05a.b/c"
    old, new = (
        [replace(trace(replace(EXCHANGE, response=body)), dissect=dissector("mimi-transport-00"))]
        for body in (b"\0\1\0\0", b"\0\1\0\6" + client)
    )
    told = [(each.field, each.old, each.new) for each in diff(old, new).changes]
    assert told == [("size", "4 bytes", "10 bytes"), ("body.unknown_clients[0]", "", "utf8<V> a.b/c")]
    back = [(each.field, each.old, each.new) for each in diff(new, old).changes]
    assert back[1:] == [("body.unknown_clients[0]", "utf8<V> a.b/c", "")]


def test_a_long_value_is_cut() -> None:
    old, new = (replace(EXCHANGE, request=b"\1aaa" + each * 100_000) for each in (b"key!", b"other"))
    (_, field) = changes(old, new)
    assert (len(field[2]) < 300, "(400,000 characters)" in field[2]) == (True, True)
