"""Each test breaks one rule and signs the KeyPackage again, so that only that rule can refuse it."""

from dataclasses import replace

import pytest

from simulator.mls.errors import InvalidKeyPackage, InvalidLeafNode
from simulator.mls.extensions.extension import GREASE, Extension
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_validation import check_key_package
from simulator.mls.tree.leaf_node import KeyPackageSource, LeafPlace, Lifetime, UpdateSource
from tests.breaking import breaks
from tests.mls.leaves import GROUP, NOW, SUITE, client

ALICE = client("alice")


def refused(key_package: KeyPackage) -> str:
    with pytest.raises(InvalidKeyPackage) as caught:
        check_key_package(key_package, SUITE, NOW)
    return caught.value.rule


def leaf_refused(key_package: KeyPackage) -> str:
    with pytest.raises(InvalidLeafNode) as caught:
        check_key_package(key_package, SUITE, NOW)
    return caught.value.rule


def test_a_good_key_package() -> None:
    check_key_package(ALICE.key_package(), SUITE, NOW)
    check_key_package(ALICE.key_package(extensions=(Extension(GREASE[0], b"anything"),)), SUITE, NOW)


@breaks("RFC9420-10.1-WRONG-VERSION")
def test_version() -> None:
    assert refused(ALICE.key_package(version=2)) == "wrong_version"


@breaks("RFC9420-10.1-WRONG-CIPHER-SUITE")
def test_cipher_suite() -> None:
    assert refused(ALICE.key_package(cipher_suite=3)) == "wrong_cipher_suite"


@breaks("RFC9420-10.1-INIT-KEY-REUSED")
def test_the_init_key_is_not_the_leaf_key() -> None:
    assert refused(ALICE.key_package(init_key=ALICE.leaf.encryption_key)) == "init_key_reused"


@breaks("RFC9420-10-INVALID-INIT-KEY")
def test_the_init_key_is_a_key() -> None:
    assert refused(ALICE.key_package(init_key=b"short")) == "invalid_init_key"


@breaks("RFC9420-13.4-DUPLICATE-EXTENSION/KEY-PACKAGE")
def test_an_extension_occurs_once() -> None:
    twice = (Extension(0x0A0A, b""), Extension(0x0A0A, b""))
    assert refused(ALICE.key_package(extensions=twice)) == "duplicate_extension"


@breaks("RFC9420-10.1-INVALID-SIGNATURE")
def test_the_signature() -> None:
    signed = ALICE.key_package()
    assert refused(replace(signed, extensions=(Extension(0x0A0A, b""),))) == "invalid_signature"
    assert refused(replace(signed, signature=b"")) == "invalid_signature"


@breaks("RFC9420-7.3-WRONG-SOURCE")
def test_the_leaf_was_made_for_a_key_package() -> None:
    leaf = ALICE.resigned(LeafPlace(GROUP, 0), source=UpdateSource())
    assert leaf_refused(ALICE.key_package(leaf_node=leaf)) == "wrong_source"


def test_the_leaf_is_signed_by_itself() -> None:
    leaf = replace(ALICE.leaf, signature=ALICE.leaf.signature[::-1])
    assert leaf_refused(ALICE.key_package(leaf_node=leaf)) == "invalid_signature"


def test_the_lifetime() -> None:
    leaf = ALICE.resigned(source=KeyPackageSource(Lifetime(NOW - 2, NOW - 1)))
    assert leaf_refused(ALICE.key_package(leaf_node=leaf)) == "expired"
    check_key_package(ALICE.key_package(leaf_node=leaf), SUITE, None)
