"""What a commit has to fulfil, and what an external one leaves of the queue."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.update import UPDATE
from simulator.drafts.mimi_protocol_06.client.roster import leave
from simulator.drafts.mimi_protocol_06.refusals import LEFT_OUT
from simulator.drafts.mimi_protocol_06.rules.commits import check_commit
from simulator.drafts.mimi_protocol_06.rules.fan_out import Source
from simulator.drafts.mimi_protocol_06.rules.handshakes import read_bundle
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.proposals.proposals import GroupContextExtensions, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.credential import BasicCredential
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.hub import (
    Hub,
    Member,
    brought,
    commit_request,
    external_commit,
    own_recipients,
    proposal_request,
)
from tests.drafts.mimi_protocol_06.rooms import change_list


@pytest.fixture
def alice(room: Hub) -> Member:
    return room.member("alice.phone@a")


@pytest.fixture
def bob(room: Hub) -> Member:
    return room.member("bob.phone@b")


def test_a_commit_is_one_that_members_accept(room: Hub, alice: Member) -> None:
    bundle = alice.commit()
    spoilt = mls_message(replace(bundle.message.body, signature=bytes(64)))
    with room.refusing("P6-4.2-COMMIT", Code.invalid_commit):
        room.update(commit_request(replace(bundle, message=spoilt)), alice)


def test_what_comes_with_a_commit_comes_with_no_proposal(room: Hub, bob: Member) -> None:
    beside = commit_request(bob.commit()).bundle.commit
    assert beside is not None
    bundle = proposal_request(bob.propose(SelfRemove())).bundle
    handshake = read_bundle(bundle, bob.provider, room.record.public.group_id)
    source = Source(bob.provider, bob.uri)
    with breaks("P6-4.2-FORM/COMMIT"), pytest.raises(Refusal) as caught:
        check_commit(handshake, beside, source, room.state, room.record, room.context)
    assert caught.value.code is Code.malformed


def test_members_commit_three_kinds_by_value(room: Hub, alice: Member) -> None:
    bundle = alice.commit(GroupContextExtensions(alice.group.public.context.extensions))
    with room.refusing("P6-5-PROPOSALS/COMMITTED", Code.not_authorized):
        room.update(commit_request(bundle), alice)


def test_a_leaf_stays_its_clients(room: Hub, bob: Member) -> None:
    renamed = replace(bob.identity, credential=BasicCredential(b"mimi://b.example/d/bob/watch"))
    bundle = bob.commit(identity=renamed)
    with room.refusing("P6-5-LEAF-SAME-CLIENT", Code.invalid_leaf_node):
        room.update(commit_request(bundle), bob)


def test_a_member_takes_along_all_that_waits(room: Hub, alice: Member, bob: Member) -> None:
    early = commit_request(alice.commit())
    room.propose(bob, *leave(bob.group))
    with room.refusing("P6-4.2-WHOLE-QUEUE/MEMBER", LEFT_OUT):
        room.update(early, alice)
    room.commit(alice)
    assert [pair.user for pair in room.state.committed.participants] == [
        alice.user,
        room.member("cathy.phone@c").user,
    ]


def test_a_joiner_takes_along_all_self_removes(room: Hub, bob: Member) -> None:
    early, _ = external_commit(room.member("cathy.tablet@c"), room)
    room.propose(bob, SelfRemove())
    with room.refusing("P6-4.2-WHOLE-QUEUE/JOINER", LEFT_OUT):
        room.ask(UPDATE, encode(early), "c.example")


def test_roles_count(room: Hub, bob: Member) -> None:
    bundle = bob.commit(Remove(room.member("cathy.phone@c").leaf))
    with room.refusing("P6-6-REMOVE-CLIENT/ANOTHERS", Code.not_authorized):
        room.update(commit_request(bundle), bob)


def test_who_may_not_join_does_not(room: Hub) -> None:
    request, _ = external_commit(room.member("dave.phone@d"), room)
    with room.refusing("P6-6-JOIN-UNLISTED", Code.not_authorized):
        room.ask(UPDATE, encode(request), "d.example")


def test_what_holds_in_every_epoch_holds_after_it(room: Hub, alice: Member) -> None:
    cathy = room.state.committed.index_of(room.member("cathy.phone@c").user)
    bundle = alice.commit(change_list(roles={cathy: 77}))
    with room.refusing("P6-6-CHANGE-ROLE/ROLE", Code.not_authorized):
        room.update(commit_request(bundle), alice)


def test_a_room_has_only_participants(room: Hub, alice: Member) -> None:
    dave = room.member("dave.phone@d")
    bundle = alice.commit(*room.adding(alice, dave)[:1])
    with room.refusing("P6-4.2-INVARIANTS/COMMIT", Code.invalid_commit):
        room.update(commit_request(bundle), alice)


def test_a_commit_goes_to_all_but_its_sender_and_to_whom_it_removes(room: Hub, alice: Member, bob: Member) -> None:
    bundle = alice.commit(*room.removing(alice, room.member("cathy.phone@c")))
    found = brought(room.update(commit_request(bundle), alice))
    assert list(found) == ["b.example", "c.example"]
    assert all(message.external_proposals == () for (message,) in found.values())


def test_the_senders_provider_gets_it_where_it_has_other_clients(room: Hub, bob: Member) -> None:
    cathy = room.member("cathy.phone@c")
    effects = room.commit(bob)
    assert list(brought(effects)) == ["own", "b.example", "c.example"]
    assert own_recipients(effects) == [(room.member("alice.phone@a").uri,)]
    assert list(brought(room.commit(cathy))) == ["own", "b.example"]


def test_an_external_commit_voids_what_waits_and_the_hub_proposes_it_anew(room: Hub, bob: Member) -> None:
    """Bob leaves with two devices while cathy's tablet joins: his removal from the list, and of the other device, is
    stapled to the commit, and goes to the joiner too.
    """
    room.propose(bob, *leave(bob.group))
    tablet = room.member("cathy.tablet@c")
    request, bundle = external_commit(tablet, room)
    _, effects = room.ask(UPDATE, encode(request), "c.example")
    found = brought(effects)
    assert list(found) == ["own", "b.example", "c.example"]
    (message,) = found["c.example"]
    stapled = message.external_proposals or ()
    assert [type(each.body.content.content).__name__ for each in stapled] == ["Remove", "AppDataUpdate"]
    assert tuple(each.proposal for each in room.facts.queue) == stapled
    room.members.pop("bob.phone@b")
    tablet.joined = bundle.next
    cathy = room.member("cathy.phone@c")
    for each in (room.member("alice.phone@a"), cathy):
        each.hear(message.message)
    for member in (tablet, cathy):
        hear_all(member, stapled)
    assert not room.state.takes_part(bob.user)
    commit = tablet.commit()
    room.update(commit_request(commit), tablet)
    assert room.facts.queue == ()
    assert bob.user not in {pair.user for pair in room.state.committed.participants}
    assert bob.user not in room.state.users


def hear_all(member: Member, messages: tuple[MLSMessage, ...]) -> None:
    for message in messages:
        member.hear(message)


def test_what_the_hub_may_not_propose_is_lost(room: Hub, alice: Member) -> None:
    cathy = room.state.committed.index_of(room.member("cathy.phone@c").user)
    room.propose(alice, change_list(roles={cathy: 3}))
    request, _ = external_commit(room.member("cathy.tablet@c"), room)
    _, effects = room.ask(UPDATE, encode(request), "c.example")
    assert {each.external_proposals for messages in brought(effects).values() for each in messages} == {()}
    assert room.facts.queue == ()
    assert room.record.public.proposals == {}


def test_a_ban_is_proposed_anew(room: Hub, alice: Member) -> None:
    bob, tablet = room.member("bob.phone@b"), room.member("bob.tablet@b")
    place = room.state.committed.index_of(bob.user)
    room.propose(alice, Remove(bob.leaf), Remove(tablet.leaf), change_list(roles={place: 1}))
    request, _ = external_commit(room.member("cathy.tablet@c"), room)
    room.ask(UPDATE, encode(request), "c.example")
    assert room.state.participants.role_of(bob.user) == 1
    assert bob.user not in room.state.users


def test_what_expires_while_it_waits_is_taken_along_all_the_same(room: Hub, alice: Member, bob: Member) -> None:
    """It was judged when it came: everybody who heard of it holds on to it, and can't do without."""
    dave = room.member("dave.phone@d")
    room.propose(alice, *room.adding(alice, dave))
    room.now += 31 * 24 * 3600
    bundle = bob.commit()
    room.update(commit_request(bundle), bob)
    assert dave.user in room.state.users


def test_used_key_packages_are_forgotten_and_providers_remembered(room: Hub, alice: Member) -> None:
    room.add(alice, "dave.phone@d")
    assert room.facts.providers == ("a.example", "b.example", "c.example", "d.example")
    assert room.facts.origins == {}
