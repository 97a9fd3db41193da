"""Rules 6, 7 and 9, and of rule 20 what the list alone shows: which proposals go together."""

import pytest

from simulator.mls.commit import ProposalByReference
from simulator.mls.framing import MemberSender
from simulator.mls.proposal_list import CommittedProposal, ProposalList, resolve
from simulator.mls.proposals import (
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    ReInit,
    Remove,
    Update,
)
from simulator.mls.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.self_remove import SelfRemove
from tests.mls.frankenstein import commit_of, forge_commit, forge_external_commit
from tests.mls.room import Room, addition, removal

NAMES = ("alice", "bob", "carol", "dave")
PSK = PreSharedKey(PreSharedKeyID(ExternalPSK(b"psk"), bytes(32)))
REINIT = ReInit(b"next", 1, 1, ())


def references(room: Room) -> list[ProposalByReference]:
    """All proposals of the epoch by reference."""
    return [ProposalByReference(reference) for reference in room.service.proposals]


def test_a_committer_does_not_commit_its_own_update() -> None:
    room = Room.of(*NAMES)
    room.propose_update("alice")
    assert room.refused(forge_commit(room.groups["alice"], *references(room)), "alice") == "update_of_committer"
    by_value = forge_commit(room.groups["bob"], Update(room.groups["bob"].own_leaf))
    assert room.refused(by_value, "bob") == "update_of_committer"


def test_a_committer_does_not_remove_itself() -> None:
    room = Room.of(*NAMES)
    assert room.refused(forge_commit(room.groups["alice"], removal(room, "alice")), "alice") == "remove_of_committer"
    room.propose("alice", removal(room, "alice"))
    assert room.refused(forge_commit(room.groups["alice"], *references(room)), "alice") == "remove_of_committer"


def test_a_leaf_is_changed_once() -> None:
    room = Room.of(*NAMES)
    twice = forge_commit(room.groups["alice"], removal(room, "bob"), removal(room, "bob"))
    assert room.refused(twice, "alice") == "duplicate_target"
    room.propose_update("bob")
    both = forge_commit(room.groups["alice"], *references(room), removal(room, "bob"))
    assert room.refused(both, "alice") == "duplicate_target"
    room.propose_update("bob")
    two_updates = forge_commit(room.groups["alice"], *references(room))
    assert room.refused(two_updates, "alice") == "duplicate_target"
    same_reference = forge_commit(room.groups["alice"], references(room)[0], references(room)[0])
    assert room.refused(same_reference, "alice") == "duplicate_target"


def test_the_extensions_are_set_once() -> None:
    room = Room.of(*NAMES)
    proposal = GroupContextExtensions(())
    message = forge_commit(room.groups["alice"], proposal, proposal)
    assert room.refused(message, "alice") == "duplicate_group_context_extensions"


@pytest.mark.parametrize("other", [PSK, Remove(1), REINIT])
def test_a_reinit_stands_alone(other: PreSharedKey | Remove | ReInit) -> None:
    room = Room.of(*NAMES)
    assert room.refused(forge_commit(room.groups["alice"], REINIT, other), "alice") == "reinit_not_alone"


def test_a_psk_is_injected_once() -> None:
    room = Room.of(*NAMES)
    assert room.refused(forge_commit(room.groups["alice"], PSK, PSK), "alice") == "duplicate_psk"


def test_a_joiner_does_not_commit_by_reference() -> None:
    room = Room.of(*NAMES)
    room.propose("bob", PSK)
    honest = commit_of(room.prepare_external("erin").message)
    message = forge_external_commit(
        room.groups["alice"], room.person("erin"), [*honest.proposals, *references(room)], honest.path
    )
    assert room.refused(message) == "external_commit_by_reference"


@pytest.mark.parametrize("count", [0, 2])
def test_a_joiner_has_one_external_init(count: int) -> None:
    room = Room.of(*NAMES)
    honest = commit_of(room.prepare_external("erin").message)
    message = forge_external_commit(
        room.groups["alice"], room.person("erin"), [ExternalInit(b"kem output")] * count, honest.path
    )
    assert room.refused(message) == "external_init_count"


def test_a_joiner_removes_one_leaf_at_most() -> None:
    room = Room.of(*NAMES)
    honest = commit_of(room.prepare_external("erin").message)
    message = forge_external_commit(
        room.groups["alice"], room.person("erin"), [*honest.proposals, Remove(0), Remove(1)], honest.path
    )
    assert room.refused(message) == "external_commit_removes"


def test_a_joiner_proposes_nothing_else() -> None:
    room = Room.of(*NAMES)
    honest = commit_of(room.prepare_external("erin").message)
    update = Update(room.groups["alice"].own_leaf)
    for other in (addition(room, "frank"), update, REINIT, GroupContextExtensions(())):
        message = forge_external_commit(
            room.groups["alice"], room.person("erin"), [*honest.proposals, other], honest.path
        )
        assert room.refused(message) == "external_commit_proposal_type"


def test_a_joiner_injects_a_psk_once() -> None:
    room = Room.of(*NAMES)
    honest = commit_of(room.prepare_external("erin").message)
    message = forge_external_commit(
        room.groups["alice"], room.person("erin"), [*honest.proposals, PSK, PSK], honest.path
    )
    assert room.refused(message) == "duplicate_psk"


def test_the_views_of_a_list_keep_its_order() -> None:
    room = Room.of(*NAMES)
    erin, frank = addition(room, "erin"), addition(room, "frank")
    sender = MemberSender(0)
    listed = [Remove(3), frank, PSK, Remove(1), erin]
    proposals = ProposalList(tuple(CommittedProposal(item, sender, by_reference=False) for item in listed))
    assert proposals.adds == (frank.key_package, erin.key_package)
    assert proposals.removes == (3, 1)
    assert proposals.psks == (PSK.psk,)
    assert (proposals.updates, proposals.extensions, proposals.reinit, proposals.external_init) == (
        (),
        None,
        None,
        None,
    )


def test_a_reference_brings_its_own_sender() -> None:
    room = Room.of(*NAMES)
    room.propose("bob", removal(room, "carol"))
    honest = commit_of(room.prepare("alice").message)
    (item,) = resolve(honest.proposals, MemberSender(0), room.service.proposals).items
    assert (item.sender, item.by_reference) == (MemberSender(room.index("bob")), True)


def test_who_leaves_goes_before_who_is_removed() -> None:
    items = [(Remove(3), 0), (SelfRemove(), 2), (Remove(1), 0), (SelfRemove(), 5)]
    proposals = ProposalList(
        tuple(CommittedProposal(item, MemberSender(sender), by_reference=True) for item, sender in items)
    )
    assert proposals.self_removes == (2, 5)
    assert proposals.removed_leaves == (2, 5, 3, 1)
