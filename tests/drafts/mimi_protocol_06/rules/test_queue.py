"""Proposals wait for the next commit, if that could take all of them along and their senders may propose them."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.client.roster import leave
from simulator.drafts.mimi_protocol_06.result_codes import InvalidProposals
from simulator.drafts.mimi_protocol_06.rules.mls_validity import reference_of
from simulator.drafts.mimi_protocol_06.rules.queue import actor, check_committable
from simulator.mls.errors import MLSError
from simulator.mls.framing.framing import ExternalSender, MemberSender
from simulator.mls.proposals.proposals import Add, GroupContextExtensions, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.hub import Hub, Member, proposal_request
from tests.drafts.mimi_protocol_06.rooms import change_list
from tests.services.bench import NOW


@pytest.fixture
def bob(room: Hub) -> Member:
    return room.member("bob.phone@b")


def test_a_bundle_waits_as_a_whole_in_order(room: Hub, bob: Member) -> None:
    room.propose(bob, *leave(bob.group))
    kinds = [type(each.proposal).__name__ for each in room.record.public.proposals.values()]
    assert kinds == ["SelfRemove", "Remove", "AppDataUpdate"]
    assert [each.proposal.body.content.content for each in room.facts.queue] == [
        each.proposal for each in room.record.public.proposals.values()
    ]
    assert len({each.hub_accepted_time for each in room.facts.queue}) == 1
    assert not room.state.takes_part(bob.user)


def test_what_a_member_would_refuse_is_named_by_its_reference(room: Hub, bob: Member) -> None:
    first, other, again = bob.propose(Remove(bob.leaf), Remove(room.member("bob.tablet@b").leaf), SelfRemove())
    room.update(proposal_request((first,)), bob)
    with breaks("P6-4.2-PROPOSAL/COMMITTABLE"), pytest.raises(InvalidProposals) as caught:
        room.update(proposal_request((other, again)), bob)
    assert caught.value.references == (reference_of(again.body, bob.group.public),)
    assert len(room.facts.queue) == 1, "all or nothing"


def test_the_same_proposal_waits_once(room: Hub, bob: Member) -> None:
    first, other = bob.propose(Remove(bob.leaf), Remove(room.member("bob.tablet@b").leaf))
    room.update(proposal_request((first,)), bob)
    with breaks("P6-4.2-PROPOSAL/ONCE"), pytest.raises(InvalidProposals):
        room.update(proposal_request((other, first)), bob)


def test_a_proposal_is_valid_by_itself(room: Hub, bob: Member) -> None:
    message = bob.propose(SelfRemove())[0]
    spoilt = replace(message, body=replace(message.body, signature=bytes(64)))
    with breaks("P6-4.2-PROPOSAL/VALID"), pytest.raises(InvalidProposals):
        room.update(proposal_request((spoilt,)), bob)


def test_two_changes_of_one_place_do_not_wait_together(room: Hub, bob: Member) -> None:
    alice = room.member("alice.phone@a")
    cathy = room.state.committed.index_of(room.member("cathy.phone@c").user)
    room.propose(alice, change_list(roles={cathy: 3}))
    (message,) = alice.propose(change_list(roles={cathy: 2}))
    with breaks("P6-4.2-PROPOSAL/COMMITTABLE"), pytest.raises(InvalidProposals):
        room.update(proposal_request((message,)), alice)


def test_rooms_know_four_kinds(room: Hub, bob: Member) -> None:
    proposal = GroupContextExtensions(bob.group.public.context.extensions)
    (message,) = bob.propose(proposal)
    with room.refusing("P6-5-PROPOSALS/QUEUED", Code.not_authorized):
        room.update(proposal_request((message,)), bob)


def test_roles_count_for_proposals_too(room: Hub, bob: Member) -> None:
    (message,) = bob.propose(Remove(room.member("cathy.phone@c").leaf))
    with room.refusing("P6-6-REMOVE-CLIENT/ANOTHERS", Code.not_authorized):
        room.update(proposal_request((message,)), bob)


def test_what_holds_in_every_epoch_holds_after_the_queue(room: Hub) -> None:
    alice = room.member("alice.phone@a")
    messages = alice.propose(Add(room.member("dave.phone@d").key_package()))
    with room.refusing("P6-4.2-INVARIANTS/QUEUE", Code.invalid_commit):
        room.update(proposal_request(messages), alice)


def test_a_leaf_that_is_proposed_is_checked(room: Hub) -> None:
    alice = room.member("alice.phone@a")
    eve = Member.of("mimi://a.example/d/eve/phone")
    change = change_list(added={eve.user: 2})
    messages = alice.propose(Add(eve.key_package()), change)
    with room.refusing("P6-4.2-OWN-LEAF/CLIENT", Code.invalid_leaf_node):
        room.update(proposal_request(messages), alice)


def test_somebody_who_stays_could_commit_it_all(room: Hub, bob: Member) -> None:
    group = room.record.public
    check_committable(group, NOW)
    for message in bob.propose(SelfRemove(), Remove(bob.leaf)):
        group = group.stage_proposal(message.body, NOW).group
    with pytest.raises(MLSError):
        check_committable(group, NOW)


def test_where_nobody_stays_nobody_commits(hub: Hub) -> None:
    alice = hub.create()
    hub.propose(alice, *leave(alice.group))
    assert not hub.state.takes_part(alice.user)


@pytest.mark.parametrize("sender", [MemberSender(99), ExternalSender(1)])
def test_nobody_has_no_role(room: Hub, sender: MemberSender | ExternalSender) -> None:
    with breaks("P6-4.2-ACTOR/ROLE"), pytest.raises(Refusal) as caught:
        actor(sender, room.record.public)
    assert caught.value.code is Code.not_authorized
