"""The participant list follows the clients: who comes is an ordinary user, who has no client left is gone."""

from simulator.clients.operations import Leave, RemoveClients, RemoveUsers, UpdateClient
from simulator.drafts.mimi_protocol_06.client.roster import joining_change, leave, list_update, roster_change
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate, UserRolePair
from simulator.drafts.mimi_protocol_06.room.room_state import committed_state
from simulator.mls.group import Group
from simulator.mls.proposals.proposals import Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.services.members import client_of
from tests.drafts.mimi_protocol_06.members import (
    ALICE,
    BOB,
    CATHY,
    TABLET,
    URI,
    add,
    client,
    new_room,
    prepared,
    room,
    take,
)


def participants(group: Group) -> list[tuple[str, int]]:
    return [(pair.user[-5:], pair.role_index) for pair in committed_state(group.public).participants.participants]


def present(group: Group) -> list[str]:
    return [client_of(member.leaf_node) for member in group.members()]


async def test_who_is_added_takes_part_as_an_ordinary_user() -> None:
    alice, bob, _ = await room()
    assert participants(bob.groups[URI]) == [("alice", 4), ("u/bob", 2)]
    cathy = client(CATHY)
    await add(bob, cathy, others=[alice])
    assert participants(cathy.groups[URI]) == [("alice", 4), ("u/bob", 2), ("cathy", 2)]


async def test_a_user_stays_in_the_list_while_a_client_of_it_does() -> None:
    alice, bob, tablet = await room()
    command = await prepared(tablet, RemoveClients(URI, (BOB,)))
    take(alice, command.update.commit)
    assert participants(alice.groups[URI]) == [("alice", 4), ("u/bob", 2)]
    assert roster_change(alice.groups[URI].public, [BOB], []) == ()
    command = await prepared(alice, RemoveUsers(URI, (bob.user,)))
    assert participants(alice.groups[URI]) == [("alice", 4)]
    assert take(tablet, command.update.commit).doubts == ()


async def test_a_user_leaves_with_all_clients() -> None:
    alice, bob, tablet = await room()
    command = await prepared(bob, Leave(URI))
    messages = (command.proposal, *command.more)
    proposals = [message.body.content.content for message in messages]
    assert proposals == [SelfRemove(), Remove(2), list_update(ParticipantListUpdate(removed_indices=(1,)))]
    for message in messages:
        take(alice, message)
        take(tablet, message)
    assert roster_change(alice.groups[URI].public, [], [BOB, TABLET]) == (), "that waits already"
    assert leave(tablet.groups[URI]) == (SelfRemove(),), "all the rest waits already"
    command = await prepared(alice, UpdateClient(URI))
    assert participants(alice.groups[URI]) == [("alice", 4)]
    assert present(alice.groups[URI]) == [ALICE]
    assert take(tablet, command.update.commit).doubts == ()


async def test_a_client_leaves_alone_while_another_one_stays() -> None:
    alice, bob, tablet = await room()
    command = await prepared(bob, Leave(URI, alone=True))
    assert (command.proposal.body.content.content, command.more) == (SelfRemove(), ())
    take(alice, command.proposal)
    take(tablet, command.proposal)
    last = leave(tablet.groups[URI], alone=True)
    assert last == (SelfRemove(), list_update(ParticipantListUpdate(removed_indices=(1,)))), "nobody is left"
    command = await prepared(alice, UpdateClient(URI))
    assert participants(alice.groups[URI]) == [("alice", 4), ("u/bob", 2)]
    assert present(alice.groups[URI]) == [ALICE, TABLET]
    assert take(tablet, command.update.commit).doubts == ()


async def test_a_list_change_that_waits_counts_as_done() -> None:
    alice, _, _ = await room()
    group = alice.groups[URI]
    change = list_update(ParticipantListUpdate(added_participants=(UserRolePair("mimi://c.example/u/cathy", 2),)))
    _, waiting = group.propose(change, alice.rand, authenticated_data=b"\x00")
    assert roster_change(group.public, [CATHY], []) == (change,)
    assert roster_change(waiting.public, [CATHY], []) == ()
    assert joining_change(waiting.public, CATHY) == (change,), "an external commit does not take it along"


def test_who_joins_takes_part_unless_it_did() -> None:
    alice = client(ALICE)
    group = new_room(alice).public
    assert joining_change(group, "mimi://a.example/d/alice/tablet") == ()
    (change,) = joining_change(group, CATHY)
    pair = UserRolePair("mimi://c.example/u/cathy", 2)
    assert change == list_update(ParticipantListUpdate(added_participants=(pair,)))
