"""Rule 10: what is not a default proposal type is for groups whose members all list it."""

import pytest

from simulator.fuzzing.whole_group import SERVICE, Person, WholeGroup, external_senders, removal
from simulator.mls.framing.framing import ExternalSender
from simulator.mls.identity import default_capabilities
from simulator.mls.proposals.proposal_support import check_proposals_supported
from simulator.mls.proposals.proposals import Add, Proposal, ProposalType
from simulator.mls.proposals.self_remove import SelfRemove
from tests.breaking import breaks
from tests.mls.extended import COMPONENTS, EXTENDED, LOG, REQUIRED, extended_group, kept, update
from tests.mls.frankenstein import commit_of, forge, forge_commit, forge_external_commit

NAMES = ("alice", "bob", "carol")
NEW = [update(LOG, b"b"), SelfRemove()]


def mixed_group() -> WholeGroup:
    """A group of some who support the new types, and of carol, who does not."""
    whole = extended_group("alice", "bob")
    carol = whole.people["carol"] = Person("carol")
    whole.commit("alice", Add(carol.key_package()))
    return whole


@pytest.mark.parametrize("proposal", NEW)
def test_a_group_of_members_that_list_none_takes_none(proposal: Proposal) -> None:
    whole = WholeGroup.of(*NAMES, extensions=(external_senders(SERVICE),))
    alice = whole.groups["alice"]
    assert whole.refused(forge(alice, proposal)) == "proposal_type_unsupported"
    assert whole.refused(forge_commit(alice, proposal), "alice") == "proposal_type_unsupported"
    honest = commit_of(whole.prepare_external("dave").message)
    external = forge_external_commit(alice, whole.person("dave"), [*honest.proposals, proposal], honest.path)
    assert whole.refused(external) == "proposal_type_unsupported"


@breaks("RFC9420-12.2-PROPOSAL-TYPE-UNSUPPORTED")
def test_an_external_sender_proposes_none_there() -> None:
    whole = WholeGroup.of(*NAMES, extensions=(external_senders(SERVICE),))
    message = forge(whole.groups["alice"], NEW[0], sender=ExternalSender(0), signer=SERVICE)
    assert whole.refused(message) == "proposal_type_unsupported"


@pytest.mark.parametrize("proposal", NEW)
def test_one_member_that_lists_none_is_enough(proposal: Proposal) -> None:
    whole = mixed_group()
    assert whole.refused(forge(whole.groups["alice"], proposal)) == "proposal_type_unsupported"
    assert whole.refused(forge_commit(whole.groups["alice"], proposal), "alice") == "proposal_type_unsupported"


def test_who_comes_or_goes_with_the_commit_need_not_support_it() -> None:
    whole = mixed_group()
    dave = whole.people["dave"] = Person("dave", capabilities=default_capabilities(EXTENDED.extensions))
    whole.commit("alice", removal(whole, "carol"), Add(dave.key_package()), update(LOG, b"x"))
    assert kept(whole) == {LOG: b"x"}
    refused = forge_commit(whole.groups["alice"], update(LOG, b"y"))
    assert whole.refused(refused, "alice") == "proposal_type_unsupported"


def test_each_type_is_listed_by_itself() -> None:
    capabilities = default_capabilities(EXTENDED.extensions, (ProposalType.self_remove,))
    whole = WholeGroup.of(*NAMES, capabilities=capabilities, components=COMPONENTS)
    whole.propose("bob", SelfRemove())
    assert whole.refused(forge(whole.groups["alice"], update(LOG, b"x"))) == "proposal_type_unsupported"


def test_default_types_need_no_list() -> None:
    whole = WholeGroup.of(*NAMES)
    leaves = [member.leaf_node for member in whole.service.members()]
    check_proposals_supported([removal(whole, "bob")], leaves)
    check_proposals_supported([], leaves)


def test_a_group_may_require_them_of_newcomers() -> None:
    whole = extended_group(*NAMES, extensions=(REQUIRED,))
    stranger = Person("dave", capabilities=default_capabilities(EXTENDED.extensions))
    message = forge_commit(whole.groups["alice"], Add(stranger.key_package()))
    assert whole.refused(message, "alice") == "required_capability_missing"
    whole.commit("alice", Add(whole.person("erin").key_package()))
