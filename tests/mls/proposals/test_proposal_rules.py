"""Rules 7, 9, 11 and 12 for single proposals, sent on their own and inside a Commit."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.codec import DecodeError, decode, encode
from simulator.fuzzing.whole_group import NOW, PRIVATE_USE, Person, WholeGroup
from simulator.mls.errors import InvalidProposal
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.framing.framing import ExternalSender, NewMemberProposalSender
from simulator.mls.framing.message import MLSMessage
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.proposals.proposal_rules import ProposalRules
from simulator.mls.proposals.proposals import (
    Add,
    ExternalInit,
    GroupContextExtensions,
    PreSharedKey,
    Proposal,
    ReInit,
    Remove,
    Update,
)
from simulator.mls.tree.leaf_node import KeyPackageSource, LeafPlace, Lifetime, UpdateSource
from tests.breaking import breaks
from tests.mls.frankenstein import (
    commit_of,
    forge,
    forge_commit,
    forge_external_commit,
    resigned_key_package,
    resigned_leaf,
    with_leaf,
)

NAMES = ("alice", "bob", "carol")
NONCE = bytes(32)


def refused_everywhere(whole: WholeGroup, proposal: Proposal) -> str:
    """The one rule by which a proposal is refused, sent by a member on its own and in a Commit by value."""
    alice = whole.groups["alice"]
    rules = {whole.refused(forge(alice, proposal)), whole.refused(forge_commit(alice, proposal), "alice")}
    assert len(rules) == 1, rules
    return rules.pop()


def add_refused(**changes: Any) -> str:
    """By which rule an Add of dave is refused whose KeyPackage has other fields."""
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    return refused_everywhere(whole, Add(resigned_key_package(dave.key_package(), dave, **changes)))


def add_refused_for_leaf(**changes: Any) -> str:
    """By which rule an Add of dave is refused whose leaf has other fields."""
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    return refused_everywhere(whole, Add(with_leaf(dave.key_package(), dave, **changes)))


def test_a_key_package_fits_the_group() -> None:
    assert add_refused(version=2) == "wrong_version"
    assert add_refused(cipher_suite=2) == "wrong_cipher_suite"


def test_a_key_package_has_two_good_keys() -> None:
    dave = Person("dave")
    leaf = dave.key_package().leaf_node
    assert add_refused(init_key=leaf.encryption_key, leaf_node=leaf) == "init_key_reused"
    assert add_refused(init_key=b"short") == "invalid_init_key"
    assert add_refused_for_leaf(encryption_key=b"short") == "invalid_encryption_key"


def test_a_key_package_is_signed() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    package, extension = dave.key_package(), Extension(PRIVATE_USE, b"")
    changed = replace(package, extensions=(extension,))
    assert refused_everywhere(whole, Add(changed)) == "invalid_signature"
    changed_leaf = replace(package.leaf_node, extensions=(extension,))
    signed_again = resigned_key_package(package, dave, leaf_node=changed_leaf)
    assert refused_everywhere(whole, Add(signed_again)) == "invalid_signature"


def test_the_leaf_of_a_key_package_says_so() -> None:
    assert add_refused_for_leaf(source=UpdateSource(), place=LeafPlace(b"room", 3)) == "wrong_source"


@pytest.mark.parametrize(
    ("lifetime", "slug", "rule"),
    [
        (Lifetime(NOW - 100, NOW - 1), "expired", "RFC9420-7.3-EXPIRED"),
        (Lifetime(NOW + 1, NOW + 100), "not_yet_valid", "RFC9420-7.3-NOT-YET-VALID"),
        (Lifetime(0, NOW + 100), "lifetime_too_long", "RFC9420-7.2-LIFETIME-TOO-LONG"),
    ],
)
def test_a_key_package_is_within_its_lifetime(lifetime: Lifetime, slug: str, rule: str) -> None:
    whole = WholeGroup.of(*NAMES)
    with breaks(rule):
        assert refused_everywhere(whole, add_living(lifetime, whole)) == slug


def test_a_key_package_may_live_for_one_moment() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.deliver(forge(whole.groups["alice"], add_living(Lifetime(NOW, NOW), whole)))


def add_living(lifetime: Lifetime, whole: WholeGroup) -> Add:
    """The Add of a KeyPackage with this lifetime."""
    dave = whole.person("dave")
    return Add(with_leaf(dave.key_package(), dave, source=KeyPackageSource(lifetime)))


def test_a_leaf_lists_what_it_uses() -> None:
    unlisted, twice = Extension(0xF0F0, b""), Extension(PRIVATE_USE, b"")
    assert add_refused_for_leaf(extensions=(unlisted,)) == "extension_not_listed"
    assert add_refused_for_leaf(extensions=(twice, twice)) == "duplicate_extension"
    capabilities = Person("dave").identity.capabilities
    assert add_refused_for_leaf(capabilities=replace(capabilities, credentials=(2,))) == "credential_not_listed"
    assert add_refused_for_leaf(capabilities=replace(capabilities, versions=())) == "version_not_listed"
    assert add_refused_for_leaf(capabilities=replace(capabilities, cipher_suites=(2,))) == "cipher_suite_not_listed"


def test_a_newcomers_own_add_is_judged_like_any() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    package = resigned_key_package(dave.key_package(), dave, cipher_suite=2)
    message = forge(whole.groups["alice"], Add(package), sender=NewMemberProposalSender(), signer=dave)
    assert whole.refused(message) == "wrong_cipher_suite"


def update_refused(**changes: Any) -> str:
    """By which rule an Update of bob is refused whose leaf has other fields."""
    whole = WholeGroup.of(*NAMES)
    bob = whole.groups["bob"]
    fresh = whole.people["bob"].suite.generate_hpke_key_pair(whole.people["bob"].rand, "leaf_key").public
    place = changes.pop("place", LeafPlace(bob.group_id, bob.own_index))
    fields = {"encryption_key": fresh, "source": UpdateSource(), **changes}
    leaf = resigned_leaf(bob.own_leaf, whole.people["bob"], place, **fields)
    return whole.refused(forge(bob, Update(leaf)), "bob")


def test_the_leaf_of_an_update_is_signed_for_its_place() -> None:
    whole = WholeGroup.of(*NAMES)
    index, group_id = whole.index("bob"), whole.service.group_id
    assert update_refused(place=LeafPlace(group_id, index + 1)) == "invalid_signature"
    assert update_refused(place=LeafPlace(b"another group", index)) == "invalid_signature"


def test_the_leaf_of_an_update_says_so_and_is_fresh() -> None:
    whole = WholeGroup.of(*NAMES)
    bob = whole.groups["bob"]
    assert update_refused(source=bob.own_leaf.source) == "wrong_source"
    with breaks("RFC9420-7.3-ENCRYPTION-KEY-REUSED"):
        assert update_refused(encryption_key=bob.own_leaf.encryption_key) == "encryption_key_reused"


@breaks("RFC9420-12.1.2-UPDATE-BY-NON-MEMBER")
def test_nobody_else_updates_a_leaf() -> None:
    whole = WholeGroup.of(*NAMES)
    leaf, service = whole.groups["bob"].own_leaf, whole.service
    with pytest.raises(InvalidProposal) as caught:
        ProposalRules(service.context, service.tree, NOW).check(Update(leaf), ExternalSender(0), in_commit=False)
    assert caught.value.rule == "update_by_non_member"


@breaks("RFC9420-12.1.3-REMOVE-OF-BLANK")
def test_there_must_be_somebody_to_remove() -> None:
    whole = WholeGroup.of(*NAMES)
    assert refused_everywhere(whole, Remove(3)) == "remove_of_blank"
    assert refused_everywhere(whole, Remove(1 << 31)) == "remove_of_blank"


@breaks("RFC9420-12.1.4-PSK-NONCE-LENGTH")
def test_a_psk_nonce_is_as_long_as_a_secret() -> None:
    whole = WholeGroup.of(*NAMES)
    for length in (0, 31, 33):
        proposal = PreSharedKey(PreSharedKeyID(ExternalPSK(b"psk"), bytes(length)))
        assert refused_everywhere(whole, proposal) == "psk_nonce_length"


@pytest.mark.parametrize("usage", [ResumptionPSKUsage.reinit, ResumptionPSKUsage.branch])
@breaks("RFC9420-12.1.4-PSK-USAGE")
def test_psks_of_other_groups_only_start_a_group(usage: ResumptionPSKUsage) -> None:
    whole = WholeGroup.of(*NAMES)
    proposal = PreSharedKey(PreSharedKeyID(ResumptionPSK(usage, b"old", 5), NONCE))
    assert refused_everywhere(whole, proposal) == "psk_usage"
    new_group = WholeGroup.of("alice")
    assert new_group.refused(forge(new_group.groups["alice"], proposal)) == "psk_usage"
    honest = commit_of(new_group.prepare_external("bob").message)
    joiner = new_group.person("bob")
    joining = forge_external_commit(new_group.groups["alice"], joiner, [*honest.proposals, proposal], honest.path)
    assert new_group.refused(joining) == "psk_usage"


@breaks("RFC9420-12.1.5-REINIT-VERSION")
def test_a_group_does_not_go_back_to_an_older_version() -> None:
    whole = WholeGroup.of(*NAMES)
    assert refused_everywhere(whole, ReInit(b"next", 0, 1, ())) == "reinit_version"


@breaks("RFC9420-12.1.6-EXTERNAL-INIT-MISPLACED")
def test_external_init_is_for_joiners() -> None:
    whole = WholeGroup.of(*NAMES)
    assert refused_everywhere(whole, ExternalInit(b"kem output")) == "external_init_misplaced"


def test_group_context_extensions_are_well_formed() -> None:
    whole = WholeGroup.of(*NAMES)
    twice = Extension(PRIVATE_USE, b"")
    assert refused_everywhere(whole, GroupContextExtensions((twice, twice))) == "duplicate_extension"
    tree = Extension(ExtensionType.ratchet_tree, b"")
    with breaks("RFC9420-17.3-MISPLACED-EXTENSION"):
        assert refused_everywhere(whole, GroupContextExtensions((tree,))) == "misplaced_extension"
    for kind in (ExtensionType.required_capabilities, ExtensionType.external_senders):
        malformed = GroupContextExtensions((Extension(kind, b"\x05"),))
        with breaks("RFC9420-13.4-MALFORMED-EXTENSION"):
            assert refused_everywhere(whole, malformed) == "malformed_extension"


def test_a_proposal_of_an_unknown_type_is_not_even_read() -> None:
    """Rule 10: we support no non-default proposal type, so no group we are in can."""
    whole = WholeGroup.of(*NAMES)
    message = encode(forge(whole.groups["alice"], Remove(1)))
    proposal = b"\x00\x03\x00\x00\x00\x01"
    assert message.count(proposal) == 1
    with pytest.raises(DecodeError):
        decode(MLSMessage, message.replace(proposal, b"\x0a\x0a\x00\x00\x00\x01"))
