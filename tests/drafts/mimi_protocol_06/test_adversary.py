"""Rooms and leaves that break one rule each, and no other."""

import pytest

from simulator.clients.operations.create_group import found
from simulator.drafts.mimi_protocol_06.adversary import ADVERSARY
from simulator.drafts.mimi_protocol_06.client.room_group import check_group
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.new_room import check_new_room
from simulator.drafts.mls_profile import MLSProfile, NewGroup
from simulator.mls.errors import InvalidCommit, MLSError
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import BasicCredential
from simulator.services import commands
from simulator.services.commands import GroupUpdate
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.members import ALICE, FRANKING, HUB_KEYS, PROFILE, ROOM, URI, client

AGENT = FrankingAgentData(FRANKING.public, BasicCredential(b"mimi://a.example"))


def made(profile: MLSProfile) -> PublicGroup:
    return found(client(ALICE), NewGroup(URI.encode(), ALICE, "a.example", HUB_KEYS), mls=profile).public


def checked(group: PublicGroup) -> None:
    check_group(group, InvalidCommit)
    check_new_room(group, ROOM, ALICE, AGENT)


def test_an_honest_room() -> None:
    checked(made(PROFILE))


BROKEN = {
    "other_franking_agent": "P6-5-NEW-ROOM/FRANKING-AGENT",
    "few_components": "P6-5-NEW-ROOM/COMPONENTS",
    "leaf_without_components": "P6-5-LEAF-COMPONENTS/MEMBERS",
    "leaf_without_safe_aad": "P6-5-LEAF-COMPONENTS/MEMBERS",
    "leaf_without_self_remove": "RFC9420-7.3-REQUIRED-CAPABILITY-MISSING",
    "foreign_external_sender": "P6-5-EXTERNAL-SENDERS/MEMBERS",
    "two_external_senders": "P6-5-EXTERNAL-SENDERS/MEMBERS",
    "foreign_franking_agent": "P6-5-NEW-ROOM/FRANKING-AGENT",
    "unsorted_components": "MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-COMPONENT/ORDER",
    "others_listed": "P6-5-NEW-ROOM/PARTICIPANTS",
    "other_room": "P6-5-NEW-ROOM/URI",
}


@pytest.mark.parametrize("flaw", ADVERSARY.flawed_profiles)
def test_flawed_rooms(flaw: str) -> None:
    with breaks(BROKEN[flaw]), pytest.raises(MLSError):
        checked(made(ADVERSARY.flawed_profiles[flaw]))


def test_what_a_commit_is_filed_as() -> None:
    update, none = GroupUpdate(None, (), b""), ()  # type: ignore[arg-type]
    assert ADVERSARY.operations["add_users"](update, none) == commands.AddUsers(update, none)
    assert ADVERSARY.operations["external_join"](update, none) == commands.ExternalJoin(update)
    assert ADVERSARY.operations["send_message"](update, none) == commands.SendMessage(update.commit)
    assert ADVERSARY.version_extension is None
