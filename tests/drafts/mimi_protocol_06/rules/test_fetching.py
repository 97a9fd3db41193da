"""Whom a hub lets through with a request for KeyPackages, and who may ask whom."""

import pytest

from simulator.drafts.mimi_protocol_06.rules import fetching
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.services.refusal import Refusal
from tests.breaking import breaks

from ..binding.test_key_material import hub
from ..rooms import ALICE, BOB, DAVE, ROOM
from ..serving import Served

__all__ = ["hub"]

ELSEWHERE = "mimi://b.example/r/x"


def test_the_requesters_provider_asks_the_hub_and_the_hub_asks_others() -> None:
    hub, target = Served("a.example").context, Served("d.example").context
    fetching.check_sender("b.example", BOB, ROOM, hub)
    fetching.check_sender("a.example", BOB, ROOM, target)
    fetching.check_sender("b.example", BOB, "", target)
    for sender, room, context, rule in (
        ("m.example", ROOM, hub, "P6-4.1-SENDER/REQUESTER"),
        ("a.example", ROOM, hub, "P6-4.1-SENDER/REQUESTER"),
        ("m.example", "", target, "P6-4.1-SENDER/REQUESTER"),
        ("b.example", ROOM, target, "P6-4.1-SENDER/HUB"),
    ):
        with breaks(rule), pytest.raises(HTTPRefusal) as caught:
            fetching.check_sender(sender, BOB, room, context)
        assert caught.value.status == 403


def test_only_a_hub_asks_others() -> None:
    assert fetching.next_provider(DAVE, ROOM, Served("a.example").context) == "d.example"
    assert fetching.next_provider(DAVE, ROOM, Served("d.example").context) is None
    for room in (ROOM, ""):
        with breaks("P6-4.1-USER-OURS"), pytest.raises(Refusal, match="is not a user of b"):
            fetching.next_provider(DAVE, room, Served("b.example").context)


def test_who_adds_nobody_needs_no_key_packages(hub: Served) -> None:
    fetching.check_room(ALICE, DAVE, ROOM, hub.context)
    fetching.check_room(DAVE, DAVE, ROOM, hub.context)
    fetching.check_room(DAVE, BOB, ELSEWHERE, hub.context)
    fetching.check_room(DAVE, BOB, "", hub.context)
    with breaks("P6-4.1-MAY-ADD"), pytest.raises(Refusal, match="can't add anybody"):
        fetching.check_room(DAVE, BOB, ROOM, hub.context)
    with pytest.raises(Refusal, match="there is no group"):
        fetching.check_room(ALICE, BOB, f"{ROOM}s", hub.context)


def test_only_a_hub_remembers_where_key_packages_came_from(hub: Served) -> None:
    before = hub.store.fingerprint()
    fetching.remember("", (), "d.example", hub.context)
    fetching.remember(ELSEWHERE, (), "d.example", hub.context)
    assert hub.store.fingerprint() == before
