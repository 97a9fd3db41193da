"""Rules 6, 7 and 9, and of rule 20 what the list alone shows: which proposals go together."""

import pytest

from simulator.fuzzing.whole_group import WholeGroup, addition, removal
from simulator.mls.commits.commit import ProposalByReference
from simulator.mls.framing.framing import MemberSender
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.proposals.proposal_list import CommittedProposal, ProposalList, resolve
from simulator.mls.proposals.proposals import (
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    ReInit,
    Remove,
    Update,
)
from simulator.mls.proposals.self_remove import SelfRemove
from tests.breaking import breaks
from tests.mls.frankenstein import commit_of, forge_commit, forge_external_commit

NAMES = ("alice", "bob", "carol", "dave")
PSK = PreSharedKey(PreSharedKeyID(ExternalPSK(b"psk"), bytes(32)))
REINIT = ReInit(b"next", 1, 1, ())


def references(whole: WholeGroup) -> list[ProposalByReference]:
    """All proposals of the epoch by reference."""
    return [ProposalByReference(reference) for reference in whole.service.proposals]


@breaks("RFC9420-12.2-UPDATE-OF-COMMITTER")
def test_a_committer_does_not_commit_its_own_update() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose_update("alice")
    assert whole.refused(forge_commit(whole.groups["alice"], *references(whole)), "alice") == "update_of_committer"
    by_value = forge_commit(whole.groups["bob"], Update(whole.groups["bob"].own_leaf))
    assert whole.refused(by_value, "bob") == "update_of_committer"


@breaks("RFC9420-12.2-REMOVE-OF-COMMITTER")
def test_a_committer_does_not_remove_itself() -> None:
    whole = WholeGroup.of(*NAMES)
    assert whole.refused(forge_commit(whole.groups["alice"], removal(whole, "alice")), "alice") == "remove_of_committer"
    whole.propose("alice", removal(whole, "alice"))
    assert whole.refused(forge_commit(whole.groups["alice"], *references(whole)), "alice") == "remove_of_committer"


def test_a_leaf_is_changed_once() -> None:
    whole = WholeGroup.of(*NAMES)
    twice = forge_commit(whole.groups["alice"], removal(whole, "bob"), removal(whole, "bob"))
    assert whole.refused(twice, "alice") == "duplicate_target"
    whole.propose_update("bob")
    both = forge_commit(whole.groups["alice"], *references(whole), removal(whole, "bob"))
    assert whole.refused(both, "alice") == "duplicate_target"
    whole.propose_update("bob")
    two_updates = forge_commit(whole.groups["alice"], *references(whole))
    assert whole.refused(two_updates, "alice") == "duplicate_target"
    same_reference = forge_commit(whole.groups["alice"], references(whole)[0], references(whole)[0])
    assert whole.refused(same_reference, "alice") == "duplicate_target"


@breaks("RFC9420-12.2-DUPLICATE-GROUP-CONTEXT-EXTENSIONS")
def test_the_extensions_are_set_once() -> None:
    whole = WholeGroup.of(*NAMES)
    proposal = GroupContextExtensions(())
    message = forge_commit(whole.groups["alice"], proposal, proposal)
    assert whole.refused(message, "alice") == "duplicate_group_context_extensions"


@pytest.mark.parametrize("other", [PSK, Remove(1), REINIT])
def test_a_reinit_stands_alone(other: PreSharedKey | Remove | ReInit) -> None:
    whole = WholeGroup.of(*NAMES)
    assert whole.refused(forge_commit(whole.groups["alice"], REINIT, other), "alice") == "reinit_not_alone"


def test_a_psk_is_injected_once() -> None:
    whole = WholeGroup.of(*NAMES)
    assert whole.refused(forge_commit(whole.groups["alice"], PSK, PSK), "alice") == "duplicate_psk"


def test_a_joiner_does_not_commit_by_reference() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose("bob", PSK)
    honest = commit_of(whole.prepare_external("erin").message)
    message = forge_external_commit(
        whole.groups["alice"], whole.person("erin"), [*honest.proposals, *references(whole)], honest.path
    )
    assert whole.refused(message) == "external_commit_by_reference"


@pytest.mark.parametrize("count", [0, 2])
@breaks("RFC9420-12.2-EXTERNAL-INIT-COUNT")
def test_a_joiner_has_one_external_init(count: int) -> None:
    whole = WholeGroup.of(*NAMES)
    honest = commit_of(whole.prepare_external("erin").message)
    message = forge_external_commit(
        whole.groups["alice"], whole.person("erin"), [ExternalInit(b"kem output")] * count, honest.path
    )
    assert whole.refused(message) == "external_init_count"


@breaks("RFC9420-12.2-EXTERNAL-COMMIT-REMOVES")
def test_a_joiner_removes_one_leaf_at_most() -> None:
    whole = WholeGroup.of(*NAMES)
    honest = commit_of(whole.prepare_external("erin").message)
    message = forge_external_commit(
        whole.groups["alice"], whole.person("erin"), [*honest.proposals, Remove(0), Remove(1)], honest.path
    )
    assert whole.refused(message) == "external_commit_removes"


@breaks("RFC9420-12.2-EXTERNAL-COMMIT-PROPOSAL-TYPE")
def test_a_joiner_proposes_nothing_else() -> None:
    whole = WholeGroup.of(*NAMES)
    honest = commit_of(whole.prepare_external("erin").message)
    update = Update(whole.groups["alice"].own_leaf)
    for other in (addition(whole, "frank"), update, REINIT, GroupContextExtensions(())):
        message = forge_external_commit(
            whole.groups["alice"], whole.person("erin"), [*honest.proposals, other], honest.path
        )
        assert whole.refused(message) == "external_commit_proposal_type"


@breaks("RFC9420-12.2-DUPLICATE-PSK")
def test_a_joiner_injects_a_psk_once() -> None:
    whole = WholeGroup.of(*NAMES)
    honest = commit_of(whole.prepare_external("erin").message)
    message = forge_external_commit(
        whole.groups["alice"], whole.person("erin"), [*honest.proposals, PSK, PSK], honest.path
    )
    assert whole.refused(message) == "duplicate_psk"


def test_the_views_of_a_list_keep_its_order() -> None:
    whole = WholeGroup.of(*NAMES)
    erin, frank = addition(whole, "erin"), addition(whole, "frank")
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
    whole = WholeGroup.of(*NAMES)
    whole.propose("bob", removal(whole, "carol"))
    honest = commit_of(whole.prepare("alice").message)
    (item,) = resolve(honest.proposals, MemberSender(0), whole.service.proposals).items
    assert (item.sender, item.by_reference) == (MemberSender(whole.index("bob")), True)


def test_who_leaves_goes_before_who_is_removed() -> None:
    items = [(Remove(3), 0), (SelfRemove(), 2), (Remove(1), 0), (SelfRemove(), 5)]
    proposals = ProposalList(
        tuple(CommittedProposal(item, MemberSender(sender), by_reference=True) for item, sender in items)
    )
    assert proposals.self_removes == (2, 5)
    assert proposals.removed_leaves == (2, 5, 3, 1)
