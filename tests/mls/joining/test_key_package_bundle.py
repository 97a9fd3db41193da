"""Making KeyPackages."""

from simulator.codec import decode, encode
from simulator.fuzzing.whole_group import LIFETIME, NOW, PRIVATE_USE, SUITE, Person
from simulator.mls.extensions.extension import Extension
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import key_package_ref, make_key_package
from simulator.mls.joining.key_package_validation import check_key_package
from simulator.mls.tree.leaf_node import KeyPackageSource


def test_a_fresh_key_package_is_valid_and_has_its_private_keys() -> None:
    bundle = Person("alice").bundle()
    check_key_package(bundle.key_package, SUITE, NOW)
    assert SUITE.kem.public_of(bundle.init_private_key) == bundle.key_package.init_key
    assert SUITE.kem.public_of(bundle.encryption_private_key) == bundle.key_package.leaf_node.encryption_key
    assert bundle.key_package.leaf_node.source == KeyPackageSource(LIFETIME)


def test_two_key_packages_of_a_client_share_no_key() -> None:
    alice = Person("alice")
    first, second = alice.bundle(), alice.bundle()
    assert first.key_package.init_key != second.key_package.init_key
    assert first.key_package.leaf_node.encryption_key != second.key_package.leaf_node.encryption_key
    assert first.reference != second.reference


def test_extensions_go_where_they_belong() -> None:
    alice = Person("alice")
    of_package, of_leaf = Extension(PRIVATE_USE, b"package"), Extension(PRIVATE_USE, b"leaf")
    made = make_key_package(alice.identity, SUITE, alice.rand, LIFETIME, (of_package,), (of_leaf,)).key_package
    assert made.extensions == (of_package,)
    assert made.leaf_node.extensions == (of_leaf,)
    check_key_package(made, SUITE, NOW)


def test_the_reference_is_of_the_encoded_key_package() -> None:
    bundle = Person("alice").bundle()
    assert bundle.reference == SUITE.key_package_ref(encode(bundle.key_package))
    assert key_package_ref(decode(KeyPackage, encode(bundle.key_package))) == bundle.reference
