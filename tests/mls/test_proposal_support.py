"""Rule 10: what is not a default proposal type is for groups whose members all list it."""

import pytest

from simulator.mls.framing import ExternalSender
from simulator.mls.identity import default_capabilities
from simulator.mls.proposal_support import check_proposals_supported
from simulator.mls.proposals import Add, Proposal, ProposalType
from simulator.mls.self_remove import SelfRemove
from tests.mls.extended import COMPONENTS, EXTENDED, LOG, REQUIRED, extended_room, kept, update
from tests.mls.frankenstein import commit_of, forge, forge_commit, forge_external_commit
from tests.mls.room import SERVICE, Person, Room, external_senders, removal

NAMES = ("alice", "bob", "carol")
NEW = [update(LOG, b"b"), SelfRemove()]


def mixed_room() -> Room:
    """A room of some who support the new types, and of carol, who does not."""
    room = extended_room("alice", "bob")
    carol = room.people["carol"] = Person("carol")
    room.commit("alice", Add(carol.key_package()))
    return room


@pytest.mark.parametrize("proposal", NEW)
def test_a_group_of_members_that_list_none_takes_none(proposal: Proposal) -> None:
    room = Room.of(*NAMES, extensions=(external_senders(SERVICE),))
    alice = room.groups["alice"]
    assert room.refused(forge(alice, proposal)) == "proposal_type_unsupported"
    assert room.refused(forge_commit(alice, proposal), "alice") == "proposal_type_unsupported"
    honest = commit_of(room.prepare_external("dave").message)
    external = forge_external_commit(alice, room.person("dave"), [*honest.proposals, proposal], honest.path)
    assert room.refused(external) == "proposal_type_unsupported"


def test_an_external_sender_proposes_none_there() -> None:
    room = Room.of(*NAMES, extensions=(external_senders(SERVICE),))
    message = forge(room.groups["alice"], NEW[0], sender=ExternalSender(0), signer=SERVICE)
    assert room.refused(message) == "proposal_type_unsupported"


@pytest.mark.parametrize("proposal", NEW)
def test_one_member_that_lists_none_is_enough(proposal: Proposal) -> None:
    room = mixed_room()
    assert room.refused(forge(room.groups["alice"], proposal)) == "proposal_type_unsupported"
    assert room.refused(forge_commit(room.groups["alice"], proposal), "alice") == "proposal_type_unsupported"


def test_who_comes_or_goes_with_the_commit_need_not_support_it() -> None:
    room = mixed_room()
    dave = room.people["dave"] = Person("dave", capabilities=default_capabilities(EXTENDED.extensions))
    room.commit("alice", removal(room, "carol"), Add(dave.key_package()), update(LOG, b"x"))
    assert kept(room) == {LOG: b"x"}
    refused = forge_commit(room.groups["alice"], update(LOG, b"y"))
    assert room.refused(refused, "alice") == "proposal_type_unsupported"


def test_each_type_is_listed_by_itself() -> None:
    capabilities = default_capabilities(EXTENDED.extensions, (ProposalType.self_remove,))
    room = Room.of(*NAMES, capabilities=capabilities, components=COMPONENTS)
    room.propose("bob", SelfRemove())
    assert room.refused(forge(room.groups["alice"], update(LOG, b"x"))) == "proposal_type_unsupported"


def test_default_types_need_no_list() -> None:
    room = Room.of(*NAMES)
    leaves = [member.leaf_node for member in room.service.members()]
    check_proposals_supported([removal(room, "bob")], leaves)
    check_proposals_supported([], leaves)


def test_a_group_may_require_them_of_newcomers() -> None:
    room = extended_room(*NAMES, extensions=(REQUIRED,))
    stranger = Person("dave", capabilities=default_capabilities(EXTENDED.extensions))
    message = forge_commit(room.groups["alice"], Add(stranger.key_package()))
    assert room.refused(message, "alice") == "required_capability_missing"
    room.commit("alice", Add(room.person("erin").key_package()))
