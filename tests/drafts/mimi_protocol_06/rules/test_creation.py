"""New rooms: what a hub demands of them, and what it keeps."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06 import rules
from simulator.drafts.mimi_protocol_06.binding.create_room import CREATE_ROOM, CreateRoomRequest
from simulator.drafts.mimi_protocol_06.client import leaves
from simulator.drafts.mimi_protocol_06.room.new_room import NewRoom, new_room_data
from simulator.mls.framing.message import mls_message
from simulator.services.refusal import Code
from tests.drafts.mimi_protocol_06.hub import GROUP, ROOM, Hub, Member, creation


@pytest.fixture
def alice(hub: Hub) -> Member:
    return hub.member("alice.phone@a")


def refused(hub: Hub, rule: str, code: Code, request: CreateRoomRequest) -> None:
    with hub.refusing(rule, code):
        hub.ask(CREATE_ROOM, encode(request), "a.example")


def with_info(request: CreateRoomRequest, **changes: Any) -> CreateRoomRequest:
    """The same with other fields in its GroupInfo, whose signature does not fit any more."""
    return replace(request, group_info=mls_message(replace(request.group_info.body, **changes)))


def test_a_new_room_has_a_secret_a_time_and_its_creators_provider(hub: Hub) -> None:
    alice = hub.create()
    assert (len(hub.facts.hub_key), hub.facts.last_timestamp, hub.facts.providers) == (32, 0, ("a.example",))
    assert [pair.user for pair in hub.state.participants.participants] == [alice.user]


@pytest.mark.parametrize(
    ("group", "rule"),
    [
        ("mimi://a.example/r/clubhouse", "P6-3.1-ID/NAME"),
        ("clubhouse", "P6-3.1-ID/NAME"),
        ("mimi://b.example/g/clubhouse", "P6-3.1-ID/HUB"),
    ],
)
def test_its_id_names_the_hub(hub: Hub, alice: Member, group: str, rule: str) -> None:
    alice.joined = hub.new_group(alice)
    request = creation(alice)
    context = replace(request.group_info.body.group_context, group_id=group.encode())
    refused(hub, rule, Code.invalid_group_id, with_info(request, group_context=context))


def test_its_id_is_new(hub: Hub, alice: Member) -> None:
    hub.create("bob.phone@a")
    alice.joined = hub.new_group(alice)
    refused(hub, "P6-3.1-ID/FREE", Code.invalid_group_id, creation(alice))


def test_whoever_asks_again_with_the_same_request_has_created_it(hub: Hub) -> None:
    request, before = creation(hub.create()), hub.store.fingerprint()
    _, effects = hub.ask(CREATE_ROOM, encode(request), "a.example")
    assert effects == ()
    assert hub.store.fingerprint() == before


def test_it_comes_as_a_group_info_of_epoch_0(hub: Hub, alice: Member) -> None:
    alice.joined = hub.new_group(alice)
    request = creation(alice)
    context = request.group_info.body.group_context
    other = replace(request, group_info=mls_message(alice.key_package()))
    refused(hub, "P6-3.1-GROUP-INFO/FORM", Code.invalid_group_info, other)
    later = with_info(request, group_context=replace(context, epoch=1))
    refused(hub, "P6-3.1-GROUP-INFO/EPOCH", Code.invalid_group_info, later)
    suite = with_info(request, group_context=replace(context, cipher_suite=2))
    refused(hub, "P6-3.1-GROUP-INFO/CIPHER-SUITE", Code.invalid_group_info, suite)
    refused(hub, "P6-3.1-GROUP-INFO/VALID", Code.invalid_group_info, with_info(request, signature=bytes(64)))


def test_one_can_join_it(hub: Hub, alice: Member) -> None:
    alice.joined = hub.new_group(alice)
    without = replace(creation(alice), group_info=mls_message(alice.group.group_info(())))
    refused(hub, "P6-3.1-GROUP-INFO/EXTERNAL-PUB", Code.invalid_group_info, without)


def test_the_leaf_of_its_creator_is_checked(hub: Hub, alice: Member) -> None:
    alice.joined = hub.new_group(alice)
    hub.now += 40 * 24 * 3600
    refused(hub, "P6-3.1-CREATOR", Code.invalid_leaf_node, creation(alice))


def test_its_creator_is_a_client_of_the_hub(hub: Hub) -> None:
    eve = Member.of("mimi://a.example/d/eve/phone")
    eve.joined = hub.new_group(eve)
    refused(hub, "P6-4.2-OWN-LEAF/CLIENT", Code.invalid_leaf_node, creation(eve))


def extensions(hub: Hub, alice: Member, **changes: Any) -> Any:
    proposing, franking = hub.do(rules.hub_keys)
    new = NewRoom(ROOM, alice.user, "mimi://a.example", franking)
    return leaves.context_extensions(
        "a.example", changes.get("key", proposing), new_room_data(replace(new, **changes.get("room", {})))
    )


def test_the_hub_is_its_only_external_sender(hub: Hub, alice: Member) -> None:
    alice.joined = hub.new_group(alice, extensions=extensions(hub, alice, key=bytes(32)))
    refused(hub, "P6-5-EXTERNAL-SENDERS", Code.invalid_group_info, creation(alice))


@pytest.mark.parametrize(
    "room", [{"franking_key": bytes(32)}, {"creator": "mimi://b.example/u/bob"}, {"room": f"{ROOM}s"}]
)
def test_it_is_as_rooms_begin(hub: Hub, alice: Member, room: dict[str, Any]) -> None:
    alice.joined = hub.new_group(alice, extensions=extensions(hub, alice, room=room))
    with hub.refusing("P6-3.1-ROOM", Code.invalid_group_info):
        hub.ask(CREATE_ROOM, encode(creation(alice)), "a.example")
    assert hub.store.groups.get(GROUP.encode()) is None
