"""What a client gets that wants to join by itself, and who gets it."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.binding.group_info import GROUP_INFO
from simulator.drafts.mimi_protocol_06.client.join_info import open_join_info
from simulator.drafts.mimi_protocol_06.client.roster import leave
from simulator.drafts.mimi_protocol_06.messages.common import Protocol
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_REQUEST_LABEL,
    GroupInfoRequest,
    GroupInfoRequestTBS,
    GroupInfoResponse,
)
from simulator.mls.crypto import KeyPair
from simulator.mls.tree.credential import BasicCredential
from simulator.services.refusal import Code
from simulator.services.results import SealedSnapshot
from tests.drafts.mimi_protocol_06.hub import GROUP, ROOM, Hub, Member
from tests.services.bench import SUITE


@pytest.fixture
def bob(room: Hub) -> Member:
    """A third device of his."""
    return room.member("bob.watch@b")


def keys(client: Member) -> KeyPair:
    return SUITE.generate_hpke_key_pair(client.rand, "join_info_key")


def request(client: Member, public: bytes, **changes: Any) -> GroupInfoRequest:
    signed = GroupInfoRequestTBS(
        Protocol.mls10, 1, client.identity.signature_public_key, client.identity.credential, public, b""
    )
    signed = replace(signed, **changes)
    signature = SUITE.sign_with_label(client.identity.signature_private_key, GROUP_INFO_REQUEST_LABEL, encode(signed))
    return GroupInfoRequest(signed, signature)


def refused(room: Hub, rule: str, code: Code, asked: GroupInfoRequest, sender: str = "b.example") -> None:
    with room.refusing(rule, code):
        room.ask(GROUP_INFO, encode(asked), sender)


def test_who_may_join_gets_what_that_takes_for_its_eyes_only(room: Hub, bob: Member) -> None:
    phone, own = room.member("bob.phone@b"), keys(bob)
    room.propose(room.member("cathy.phone@c"), *leave(room.member("cathy.phone@c").group))
    answer, effects = room.ask(GROUP_INFO, encode(request(bob, own.public)), "b.example")
    assert effects == ()
    assert decode(GroupInfoResponse, answer).room_id == ROOM
    opened = open_join_info(SealedSnapshot(answer), GROUP.encode(), SUITE, own)
    assert opened.group_info == room.record.group_info
    assert opened.ratchet_tree == phone.group.public.ratchet_tree()
    assert opened.proposals == tuple(each.proposal for each in room.facts.queue)


def test_the_credential_names_a_client(room: Hub, bob: Member) -> None:
    nobody = request(bob, keys(bob).public, requesting_credential=BasicCredential(b"mimi://b.example/u/bob"))
    refused(room, "P6-4.5-FORM/CREDENTIAL", Code.malformed, nobody)


def test_one_can_encrypt_to_the_key(room: Hub, bob: Member) -> None:
    refused(room, "P6-4.5-FORM/KEY", Code.malformed, request(bob, b"short"))


def test_a_provider_speaks_for_its_clients_only(room: Hub, bob: Member) -> None:
    refused(room, "P6-4.5-SENDER", Code.not_authorized, request(bob, keys(bob).public), "c.example")


def test_the_suite_is_the_rooms(room: Hub, bob: Member) -> None:
    refused(room, "P6-4.5-SUITE", Code.malformed, request(bob, keys(bob).public, cipher_suite=3))


def test_the_request_is_signed(room: Hub, bob: Member) -> None:
    asked = request(bob, keys(bob).public)
    refused(room, "P6-4.5-SIGNATURE", Code.invalid_signature, replace(asked, signature=bytes(64)))


def test_there_are_no_joining_codes(room: Hub, bob: Member) -> None:
    refused(room, "P6-4.5-JOINING-CODE", Code.not_authorized, request(bob, keys(bob).public, joining_code=b"1"))


def test_who_may_not_join_is_told_nothing(room: Hub) -> None:
    dave = room.member("dave.phone@d")
    refused(room, "P6-4.5-MAY-JOIN", Code.not_authorized, request(dave, keys(dave).public), "d.example")
    bob = room.member("bob.phone@b")
    room.propose(bob, *leave(bob.group))
    refused(room, "P6-4.5-MAY-JOIN", Code.not_authorized, request(bob, keys(bob).public))


def test_a_room_is_there(room: Hub, bob: Member) -> None:
    with room.refusing("P6-2-ROOM-OURS", Code.unknown_group):
        room.ask(GROUP_INFO, encode(request(bob, keys(bob).public)), "b.example", f"{ROOM}s")
