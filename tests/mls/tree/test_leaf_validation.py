"""Each test breaks one rule and signs the leaf again, so that only that rule can refuse it."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.mls.crypto import CIPHER_SUITES, CipherSuite
from simulator.mls.errors import InvalidLeafNode
from simulator.mls.extensions.extension import GREASE, Extension
from simulator.mls.tree.leaf_node import (
    Capabilities,
    CommitSource,
    KeyPackageSource,
    LeafNode,
    LeafPlace,
    Lifetime,
    UpdateSource,
)
from simulator.mls.tree.leaf_validation import MAX_LIFETIME, check_leaf_node, check_lifetime, is_signed
from tests.breaking import breaks
from tests.mls.leaves import GROUP, NOW, SUITE, client

ALICE = client("alice")
PLACE = LeafPlace(GROUP, 3)


def refused(leaf: LeafNode, **how: Any) -> str:
    with pytest.raises(InvalidLeafNode) as caught:
        check(leaf, **how)
    return caught.value.rule


def check(
    leaf: LeafNode,
    source: Any = KeyPackageSource,
    place: LeafPlace | None = None,
    now: int | None = NOW,
    suite: CipherSuite = SUITE,
) -> None:
    check_leaf_node(leaf, suite, source=source, place=place, now=now)


def capabilities(**changes: Any) -> Capabilities:
    return replace(ALICE.leaf.capabilities, **changes)


@pytest.mark.parametrize("suite", CIPHER_SUITES, ids=lambda suite: suite.name)
def test_a_good_leaf_of_each_suite(suite: CipherSuite) -> None:
    check(client("alice", suite).leaf, suite=suite)


def test_good_leaves_of_the_other_sources() -> None:
    check(ALICE.resigned(PLACE, source=UpdateSource()), UpdateSource, PLACE)
    check(ALICE.resigned(PLACE, source=CommitSource(b"hash")), CommitSource, PLACE)
    check(ALICE.resigned(PLACE, source=CommitSource(b"hash")), None, PLACE)


def test_unknown_values_are_tolerated() -> None:
    greased = capabilities(
        versions=(1, 0x0A0A),
        cipher_suites=(*GREASE, 1),
        extensions=GREASE,
        proposals=GREASE,
        credentials=(1, *GREASE),
    )
    check(ALICE.resigned(capabilities=greased, extensions=(Extension(GREASE[3], b"anything"),)))


def test_application_id_needs_no_listing() -> None:
    check(ALICE.resigned(extensions=(Extension(1, b"\x02id"),)))


@pytest.mark.parametrize("source", [UpdateSource, CommitSource])
def test_the_source_must_fit_the_place(source: type) -> None:
    assert refused(ALICE.leaf, source=source) == "wrong_source"
    assert refused(ALICE.resigned(PLACE, source=UpdateSource()), place=PLACE) == "wrong_source"


@pytest.mark.parametrize("changes", [{"extensions": (3,)}, {"proposals": (7,)}])
@breaks("RFC9420-7.2-DEFAULT-TYPE-LISTED")
def test_default_types_are_not_listed(changes: dict[str, Any]) -> None:
    assert refused(ALICE.resigned(capabilities=capabilities(**changes))) == "default_type_listed"


@breaks("RFC9420-13.4-DUPLICATE-EXTENSION/LEAF")
def test_an_extension_occurs_once() -> None:
    twice = (Extension(1, b"\x00"), Extension(1, b"\x00"))
    assert refused(ALICE.resigned(extensions=twice)) == "duplicate_extension"


@breaks("RFC9420-7.3-EXTENSION-NOT-LISTED")
def test_own_extensions_are_listed() -> None:
    assert refused(ALICE.resigned(extensions=(Extension(0xF001, b""),))) == "extension_not_listed"


@breaks("RFC9420-7.2-CREDENTIAL-NOT-LISTED")
def test_own_credential_is_listed() -> None:
    assert refused(ALICE.resigned(capabilities=capabilities(credentials=(2,)))) == "credential_not_listed"


@breaks("RFC9420-11.1-VERSION-NOT-LISTED")
def test_version_is_listed() -> None:
    assert refused(ALICE.resigned(capabilities=capabilities(versions=(2,)))) == "version_not_listed"


@breaks("RFC9420-11.1-CIPHER-SUITE-NOT-LISTED")
def test_cipher_suite_is_listed() -> None:
    assert refused(ALICE.resigned(capabilities=capabilities(cipher_suites=(2,)))) == "cipher_suite_not_listed"


@pytest.mark.parametrize("suite", CIPHER_SUITES, ids=lambda suite: suite.name)
@breaks("RFC9420-5.1.1-INVALID-ENCRYPTION-KEY")
def test_the_encryption_key_is_one_of_the_suite(suite: CipherSuite) -> None:
    member = client("alice", suite)
    short = member.resigned(encryption_key=member.leaf.encryption_key[:-1])
    assert refused(short, suite=suite) == "invalid_encryption_key"


def test_the_signature_covers_the_leaf() -> None:
    assert refused(replace(ALICE.leaf, signature_key=client("bob").leaf.signature_key)) == "invalid_signature"
    changed = replace(ALICE.leaf, capabilities=capabilities(extensions=(0xF001,)))
    assert refused(changed) == "invalid_signature"


@pytest.mark.parametrize("source", [UpdateSource(), CommitSource(b"hash")])
@pytest.mark.parametrize("place", [LeafPlace(b"another group", 3), LeafPlace(GROUP, 4)])
def test_the_signature_binds_to_the_place(source: Any, place: LeafPlace) -> None:
    leaf = ALICE.resigned(PLACE, source=source)
    assert is_signed(leaf, SUITE, PLACE)
    assert not is_signed(leaf, SUITE, place)
    assert refused(leaf, source=type(source), place=place) == "invalid_signature"


def lifetime_refused(lifetime: Lifetime, now: int = NOW) -> str:
    with pytest.raises(InvalidLeafNode) as caught:
        check_lifetime(lifetime, now)
    return caught.value.rule


def test_lifetime_bounds_are_inclusive() -> None:
    check_lifetime(Lifetime(NOW, NOW), NOW)
    check_lifetime(Lifetime(NOW, NOW + MAX_LIFETIME), NOW)


def test_lifetimes_that_do_not_hold() -> None:
    assert lifetime_refused(Lifetime(NOW + 1, NOW + 2)) == "not_yet_valid"
    assert lifetime_refused(Lifetime(NOW - 2, NOW - 1)) == "expired"
    assert lifetime_refused(Lifetime(NOW, NOW + MAX_LIFETIME + 1)) == "lifetime_too_long"
    assert lifetime_refused(Lifetime(0, 2**64 - 1)) == "lifetime_too_long"


def test_lifetimes_count_only_where_there_is_a_now() -> None:
    old = ALICE.resigned(source=KeyPackageSource(Lifetime(0, 1)))
    assert refused(old) == "expired"
    check(old, now=None)
