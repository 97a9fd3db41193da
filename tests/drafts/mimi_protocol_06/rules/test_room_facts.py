"""What a hub keeps of a room comes back as it was, and does not grow without bounds."""

import pytest

from simulator.drafts.mimi_protocol_06.rules import room_facts
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.storage import GroupRecord
from tests.drafts.mimi_protocol_06.rooms import room

FACTS = RoomFacts(bytes(32), 7, ("a.example",))


def test_facts_come_back() -> None:
    facts = FACTS.with_fetched((b"one", b"two"), "b.example").with_providers(("b.example", "a.example"))
    whole = room()
    kept = GroupRecord(whole.service, next(iter(whole.groups.values())).group_info(), facts.encoded)
    assert RoomFacts.of(kept) == facts
    assert facts.providers == ("a.example", "b.example")


def test_where_key_packages_came_from_is_known_until_they_are_used() -> None:
    facts = FACTS.with_fetched((b"one", b"two"), "b.example").with_fetched((b"two",), "c.example")
    assert facts.origins == {b"one": "b.example", b"two": "c.example"}
    assert facts.without_fetched((b"one",)).origins == {b"two": "c.example"}


def test_of_too_many_that_nobody_uses_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_facts, "LONGEST_MEMORY", 2)
    facts = FACTS.with_fetched((b"one", b"two"), "b.example").with_fetched((b"three",), "c.example")
    assert set(facts.origins) == {b"two", b"three"}
