"""Rooms are found by their URIs, and time in a room only ever goes on."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.room.component_updates import COMPONENTS
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import accepted_now, find_room, note_fetched
from simulator.mls.framing.message import mls_message
from simulator.services.refusal import Code
from simulator.storage import GroupRecord
from tests.drafts.mimi_protocol_06.rooms import ROOM, room
from tests.services.bench import NOW, Bench

FACTS = RoomFacts(bytes(32), 0, ("a.example",))


@pytest.fixture
def record(bench: Bench) -> GroupRecord:
    whole = room()
    info = next(iter(whole.groups.values())).group_info()
    kept = GroupRecord(whole.service, mls_message(info), FACTS.encoded)
    bench.do(lambda context: context.store.groups.save(kept))
    return kept


def test_a_room_is_found_with_what_its_components_make_of_updates(bench: Bench, record: GroupRecord) -> None:
    found = find_room(ROOM, bench.context)
    assert found.public.components is COMPONENTS
    assert found.facts == record.facts


def test_no_other_room_is(bench: Bench, record: GroupRecord) -> None:
    refusal = bench.refuses(Code.unknown_group, lambda context: find_room(f"{ROOM}s", context))
    assert refusal.rules == ("P6-2-ROOM-OURS",)


def test_times_rise_by_the_clock_or_by_one_millisecond(bench: Bench) -> None:
    first = accepted_now(FACTS, bench.context)
    second = accepted_now(first, bench.context)
    assert (first.last_timestamp, second.last_timestamp) == (NOW * 1000, NOW * 1000 + 1)
    bench.ahead = -100
    assert accepted_now(second, bench.context).last_timestamp == NOW * 1000 + 2
    assert accepted_now(replace(FACTS, last_timestamp=5), bench.context).last_timestamp == (NOW - 100) * 1000


def test_fetched_key_packages_are_noted_in_rooms_of_ours_only(bench: Bench, record: GroupRecord) -> None:
    bench.do(lambda context: note_fetched(ROOM, (b"reference",), "b.example", context))
    bench.do(lambda context: note_fetched("mimi://b.example/r/theirs", (b"reference",), "b.example", context))
    assert RoomFacts.of(find_room(ROOM, bench.context)).origins == {b"reference": "b.example"}
