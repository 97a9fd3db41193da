"""What a hub proposes by itself, as far as its role allows it."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.rules.hub_proposals import HubProposals, propose, voided_by
from simulator.mls.proposals.proposals import Proposal, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.rules.enforcement import Breach, enforced_by, party
from tests.drafts.mimi_protocol_06.hub import HANDSHAKE, Hub, external_commit
from tests.drafts.mimi_protocol_06.rooms import change_list


def proposed(room: Hub, *bundles: tuple[Proposal, ...]) -> HubProposals:
    return room.do(lambda context: propose(bundles, room.record.public, context))


def contents(found: HubProposals) -> list[Proposal]:
    return [message.body.content.content for message in found.messages]


def test_a_bundle_is_proposed_as_a_whole(room: Hub) -> None:
    cathy = room.member("cathy.phone@c")
    bundle = (Remove(cathy.leaf), change_list(removed=(2,)))
    found = proposed(room, bundle)
    assert tuple(contents(found)) == bundle
    assert [stored.proposal for stored in found.group.proposals.values()] == list(bundle)
    assert {message.body.content.authenticated_data for message in found.messages} == {HANDSHAKE}
    assert [each.hub_accepted_time for each in found.pending(7)] == [7, 7]
    for message in found.messages:
        room.member("alice.phone@a").hear(message)


def test_what_the_role_does_not_allow_is_left_out(room: Hub) -> None:
    cathy = room.member("cathy.phone@c")
    found = proposed(
        room, (Remove(cathy.leaf), change_list(roles={2: 3})), (change_list(added={"mimi://d.example/u/d": 2}),)
    )
    assert contents(found) == [Remove(cathy.leaf)]


def test_what_makes_no_sense_is_left_out(room: Hub) -> None:
    cathy = room.member("cathy.phone@c")
    found = proposed(room, (Remove(cathy.leaf),), (Remove(cathy.leaf),), (Remove(77),), (change_list(removed=(9,)),))
    assert contents(found) == [Remove(cathy.leaf)]


def test_nobody_hears_of_what_is_left_out(room: Hub) -> None:
    heard: list[Breach] = []
    with enforced_by(replace(party(), heard=heard.append)):
        proposed(room, (change_list(roles={2: 3}),))
    assert heard == []


@pytest.mark.parametrize("name", ["cathy.tablet@c", "bob.phone@b"])
def test_what_an_external_commit_voids_reads_as_in_the_next_epoch(room: Hub, name: str) -> None:
    """Removals are of clients, wherever their leaves are; SelfRemoves were taken along."""
    bob, tablet = room.member("bob.phone@b"), room.member("bob.tablet@b")
    before = room.record.public
    for message in (*bob.propose(Remove(tablet.leaf)), *tablet.propose(SelfRemove())):
        before = before.stage_proposal(message.body, room.now).group
    _, bundle = external_commit(room.member(name), room)
    after = bundle.next.public
    first, second = voided_by(before, after)
    assert (first, second) == ((Remove(after.find(tablet.uri.encode()).leaf_index),), ())
