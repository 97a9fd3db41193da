"""Members of a room: who they are, what they say and hear, and what they make of commits that a hub let through."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from simulator.clients import ClientState
from simulator.clients.adversary.odd_join import OddJoin
from simulator.clients.events.events import Doubted, Received
from simulator.clients.message_processing import Reading
from simulator.clients.operations import CreateGroup, ExternalJoin, Leave, RemoveUsers, Send, UpdateClient
from simulator.codec import decode
from simulator.drafts.mimi_protocol_06.client.reading import FannedOut
from simulator.drafts.mimi_protocol_06.client.roster import list_update
from simulator.drafts.mimi_protocol_06.content.franking import FrankingKeys, ServerFrankingContext, frank
from simulator.drafts.mimi_protocol_06.content.franking_tag import tag_in
from simulator.drafts.mimi_protocol_06.messages.abuse_report import AbusiveMessage
from simulator.drafts.mimi_protocol_06.messages.common import Frank
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate, UserindexRolePair
from simulator.drafts.mimi_protocol_06.room.room_state import committed_state
from simulator.drafts.mls_profile import REGULAR, MLSProfile, NewGroup
from simulator.drafts.requests.endpoint import Outgoing
from simulator.errors import Misuse
from simulator.mls.errors import InvalidCommit, InvalidGroupInfo, InvalidMessage, InvalidProposal, InvalidWelcome
from simulator.mls.extensions.components import Component
from simulator.mls.framing.framing import PrivateMessage, PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.proposals.proposals import Add, GroupContextExtensions
from simulator.services.results import SealedSnapshot
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.client.test_join_info import Hub
from tests.drafts.mimi_protocol_06.members import (
    ALICE,
    BOB,
    CATHY,
    FRANKING,
    HUB_KEYS,
    NOW,
    PROFILE,
    ROOM,
    SUITE,
    URI,
    Home,
    Written,
    client,
    new_room,
    prepared,
    room,
    take,
)

AT = 1_767_225_600_000
HUB_KEY = b"\x42" * 32


def franked(message: MLSMessage, sender: str, *, at: int = AT, key: bytes = FRANKING.private) -> Frank:
    """As a.example franks the message of a user."""
    assert isinstance(message.body, PrivateMessage)
    tag = tag_in(message.body.authenticated_data)
    assert tag is not None
    return frank(tag, ServerFrankingContext(sender, ROOM, at), FrankingKeys(HUB_KEY, key), SUITE)


def hear(state: ClientState, message: MLSMessage, found: Frank | None, at: int = AT) -> Reading:
    return take(state, message, FannedOut((message,), timestamp=at, frank=found))


async def test_a_message_is_heard_and_can_be_reported() -> None:
    alice, bob, tablet = await room()
    message = (await prepared(bob, Send(URI, b"hello"))).message
    found = franked(message, bob.user)
    reading = hear(alice, message, found)
    assert isinstance(reading.event, Received)
    assert (reading.event.sender, reading.event.data, reading.doubts) == (BOB, b"hello", ())
    evidence = decode(AbusiveMessage, reading.event.evidence)
    assert (evidence.frank, evidence.accepted_timestamp) == (found, AT)
    assert hear(tablet, message, found).event == reading.event


@pytest.mark.parametrize(
    ("rule", "slug", "sender", "at", "key"),
    [
        ("P6-7-FRANK-SIGNATURE", "frank_invalid", "mimi://b.example/u/barbara", AT, FRANKING.private),
        ("P6-7-FRANK-SIGNATURE", "frank_invalid", "mimi://b.example/u/bob", AT + 1, FRANKING.private),
        ("P6-7-FRANK-SIGNATURE", "frank_invalid", "mimi://b.example/u/bob", AT, HUB_KEY),
        ("P6-7-FRANK-PRESENT", "frank_missing", "", AT, b""),
    ],
)
async def test_what_can_not_be_reported_is_heard_with_a_doubt(
    rule: str, slug: str, sender: str, at: int, key: bytes
) -> None:
    alice, bob, _ = await room()
    message = (await prepared(bob, Send(URI, b"hello"))).message
    reading = hear(alice, message, franked(message, sender, at=at, key=key) if sender else None)
    assert reading.event == Received(URI, 1, BOB, b"hello")
    (doubt,) = reading.doubts
    assert (doubt.rule, doubt.rules[0]) == (slug, rule)


async def test_a_message_without_a_tag_promises_nothing() -> None:
    alice, bob, _ = await room()
    content = PROFILE.wrap(b"hello", bob.groups[URI], bob.rand)
    message, _ = bob.groups[URI].encrypt(content.data, bob.rand, b"\x00")
    reading = hear(alice, message, None)
    assert (reading.event, reading.doubts) == (Received(URI, 1, BOB, b"hello"), ())


async def test_a_message_is_content_beside_a_safe_aad() -> None:
    alice, bob, _ = await room()
    group = bob.groups[URI]
    plain, group = group.encrypt(b"hello", bob.rand, b"\x00")
    with pytest.raises(InvalidMessage, match="malformed_content"):
        hear(alice, plain, None)
    bare, _ = group.encrypt(PROFILE.wrap(b"hello", group, bob.rand).data, bob.rand)
    with pytest.raises(InvalidMessage, match="malformed_safe_aad"):
        hear(alice, bare, None)


async def test_handshakes_have_an_empty_safe_aad() -> None:
    alice, _, _ = await room()
    commit = (await prepared(alice, UpdateClient(URI))).update.commit
    assert isinstance(commit.body, PublicMessage)
    assert commit.body.content.authenticated_data == b"\x00"


async def test_new_rooms() -> None:
    alice = client(ALICE)
    command = await prepared(alice, CreateGroup())
    assert command.group_id.decode().startswith("mimi://a.example/g/")
    second = await prepared(alice, CreateGroup())
    assert command.group_id != second.group_id
    PROFILE.check_joined(new_room(client(ALICE)).public, alice.user, asked=False)
    assert PROFILE.kinds == (REGULAR,)
    assert PROFILE.key_package_extensions(last_resort=False) == ()
    with pytest.raises(ValueError, match="which two keys"):
        PROFILE.context_extensions(NewGroup(URI.encode(), ALICE, "a.example", HUB_KEYS[:1]))


async def test_somebody_who_takes_no_part_is_in_no_group() -> None:
    alice, bob, _ = await room()
    cathy = client(CATHY)
    group = alice.groups[URI]
    unlisted = group.commit((Add(cathy.stock.make(NOW)),), alice.rand, NOW, authenticated_data=b"\x00")
    with breaks("P6-6-MEMBERS-LISTED"), pytest.raises(InvalidCommit, match="not_a_participant"):
        take(bob, unlisted.message)
    with pytest.raises(InvalidWelcome, match="not_a_participant"):
        PROFILE.check_joined(unlisted.next.public, cathy.user, asked=False)


async def test_a_list_update_that_makes_no_sense_is_rejected() -> None:
    alice, bob, _ = await room()
    change = list_update(ParticipantListUpdate(removed_indices=(7,)))
    forger = alice.groups[URI].with_components({0x0022: Component(lambda before, _: before or b"")})
    commit = forger.commit((change,), alice.rand, NOW, authenticated_data=b"\x00")
    with breaks("P6-5-LIST-INDEX"), pytest.raises(InvalidProposal, match="participant_list_invalid"):
        take(bob, commit.message)


async def test_what_roles_do_not_allow_is_noted_and_accepted() -> None:
    alice, bob, tablet = await room()
    promotion = list_update(ParticipantListUpdate((UserindexRolePair(1, 4),)))
    commit = bob.groups[URI].commit((promotion,), bob.rand, NOW, authenticated_data=b"\x00")
    for other in (alice, tablet):
        reading = take(other, commit.message)
        (doubt,) = reading.doubts
        assert isinstance(doubt, Doubted)
        assert doubt.rule == "policy_violated"
        assert other.groups[URI].epoch == 2


async def test_nobody_else_becomes_an_external_sender() -> None:
    alice, bob, _ = await room()
    group = alice.groups[URI]
    required, _, dictionary = group.public.context.extensions
    commit = group.commit(
        (GroupContextExtensions((required, dictionary)),), alice.rand, NOW, authenticated_data=b"\x00"
    )
    with breaks("P6-5-EXTERNAL-SENDERS/MEMBERS"), pytest.raises(InvalidCommit, match="hub_not_external_sender"):
        take(bob, commit.message)


@dataclass
class JoinHome(Home):
    """A provider that brings a joiner's question to a hub."""

    written: Written = field(default_factory=Written)
    hub: Hub | None = None

    async def submit(self, _: Outgoing) -> Any:
        assert self.hub is not None
        return self.hub.answer(self.written.commands[-1].seal_to.public_key)


def joiner(uri: str, hub: Hub) -> ClientState:
    """A client that is about to join by itself."""
    state = client(uri)
    state.home = cast("Any", JoinHome("a.example", written=cast("Written", state.draft.write), hub=hub))
    return state


async def test_another_client_joins_by_itself_and_takes_those_along_who_leave() -> None:
    alice, bob, tablet = await room()
    command = await prepared(tablet, Leave(URI))
    waiting = (command.proposal, *command.more)
    for message in waiting:
        take(alice, message)
    laptop = joiner("mimi://a.example/d/alice/laptop", Hub(alice.groups[URI], waiting))
    command = await prepared(laptop, ExternalJoin(URI))
    reading = take(alice, command.update.commit)
    assert reading.doubts == ()
    assert alice.groups[URI].epoch_authenticator == laptop.groups[URI].epoch_authenticator
    present = [member.identity.decode() for member in laptop.groups[URI].members()]
    assert present == [ALICE, BOB, laptop.uri], "a SelfRemove is taken along; the Remove and the list change are void"
    assert committed_state(laptop.groups[URI].public).takes_part(bob.user)


async def test_who_joins_in_an_odd_way_knows_the_room_all_the_same() -> None:
    alice, bob, _ = await room()
    laptop = joiner("mimi://a.example/d/alice/laptop", Hub(alice.groups[URI]))
    command = await prepared(laptop, OddJoin(URI, "leaf_key_again"))
    take(bob, command.update.commit)
    await prepared(laptop, RemoveUsers(URI, (bob.user,)))
    assert not committed_state(laptop.groups[URI].public).takes_part(bob.user)


async def test_an_outsider_who_is_let_in_by_the_hub_is_noted() -> None:
    alice, bob, _ = await room()
    cathy = joiner(CATHY, Hub(alice.groups[URI]))
    command = await prepared(cathy, ExternalJoin(URI))
    (doubt,) = take(bob, command.update.commit).doubts
    assert doubt.rule == "policy_violated"
    assert committed_state(bob.groups[URI].public).takes_part(cathy.user)


async def test_a_room_that_is_none_is_not_joined() -> None:
    alice, _, _ = await room()
    unlisted = alice.groups[URI].commit((Add(client(CATHY).stock.make(NOW)),), alice.rand, NOW)
    with pytest.raises(InvalidGroupInfo, match="not_a_participant"):
        await prepared(joiner("mimi://a.example/d/alice/laptop", Hub(unlisted.next)), ExternalJoin(URI))


def test_only_what_is_encrypted_to_a_key_can_be_opened() -> None:
    with pytest.raises(ValueError, match="encrypted to nobody"):
        PROFILE.open_join_info(SealedSnapshot(b""), URI.encode(), SUITE, None)


def test_roles_are_by_their_names_and_none_where_there_are_none() -> None:
    creator = client(ALICE)
    group = new_room(creator)
    assert PROFILE.roles_of(group.public) == {"mimi://a.example/u/alice": "super_admin"}
    with pytest.raises(Misuse, match="nobody has a role"):
        MLSProfile().roles_of(group.public)
