"""A client's own key and what it signs with it."""

from simulator.fuzzing.whole_group import LIFETIME, NOW, PRIVATE_USE, SUITE, Person
from simulator.mls.crypto.suite import CIPHER_SUITES
from simulator.mls.extensions.extension import Extension
from simulator.mls.identity import default_capabilities
from simulator.mls.tree.credential import CredentialType
from simulator.mls.tree.leaf_node import KeyPackageSource, LeafPlace, UpdateSource
from simulator.mls.tree.leaf_validation import check_leaf_node


def test_the_capabilities_list_all_we_support_and_what_the_application_adds() -> None:
    capabilities = default_capabilities((PRIVATE_USE,))
    assert capabilities.versions == (1,)
    assert capabilities.cipher_suites == tuple(suite.value for suite in CIPHER_SUITES)
    assert capabilities.extensions == (PRIVATE_USE,)
    assert (capabilities.proposals, capabilities.credentials) == ((), (CredentialType.basic,))
    assert default_capabilities().extensions == ()
    assert default_capabilities((), (8, 10)).proposals == (8, 10)


def test_the_same_randomness_makes_the_same_identity() -> None:
    assert Person("alice").identity == Person("alice").identity
    assert Person("alice").identity != Person("bob").identity


def test_a_new_key_leaves_the_client_the_same() -> None:
    alice = Person("alice")
    renewed = alice.identity.with_new_key(SUITE, alice.rand)
    assert renewed.signature_public_key != alice.identity.signature_public_key
    assert renewed.name == alice.identity.name == b"alice"
    assert SUITE.signature.public_of(renewed.signature_private_key) == renewed.signature_public_key


def test_a_leaf_is_signed_for_its_source_and_place() -> None:
    alice = Person("alice")
    key = SUITE.generate_hpke_key_pair(alice.rand, "leaf_key").public
    package_leaf = alice.identity.leaf_node(SUITE, key, KeyPackageSource(LIFETIME), None)
    check_leaf_node(package_leaf, SUITE, source=KeyPackageSource, place=None, now=NOW)
    place = LeafPlace(b"group", 3)
    update = alice.identity.leaf_node(SUITE, key, UpdateSource(), place)
    check_leaf_node(update, SUITE, source=UpdateSource, place=place, now=NOW)


def test_leaf_extensions_replace_the_usual_ones() -> None:
    alice = Person("alice")
    assert alice.identity.unsigned_leaf().extensions == alice.identity.leaf_extensions == ()
    extension = Extension(PRIVATE_USE, b"x")
    assert alice.identity.unsigned_leaf((extension,)).extensions == (extension,)
