"""Whether a leaf is good in itself (RFC 9420 7.2, 7.3); how it goes with the others is up to the group."""

from dataclasses import replace

from simulator.codec import encode
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.extensions.extension import DEFAULT_EXTENSION_TYPES, has_duplicate_types
from simulator.mls.proposals.proposals import DEFAULT_PROPOSAL_TYPES
from simulator.mls.remembered import remembered
from simulator.mls.tree import rules
from simulator.mls.tree.credential import credential_type
from simulator.mls.tree.leaf_node import (
    KeyPackageSource,
    LeafNode,
    LeafNodeSource,
    LeafNodeTBS,
    LeafPlace,
    Lifetime,
    ProtocolVersion,
)
from simulator.rules import check

MAX_LIFETIME = 84 * 24 * 3600 + 3600
"""The longest lifetime we accept, in seconds: twelve weeks, and an hour for clocks that differ.

RFC 9420 7.2 asks every application for such a maximum.
"""


@remembered
def leaf_node_tbs(leaf: LeafNode, place: LeafPlace | None) -> bytes:
    """What the signature of a leaf covers; `place` counts only for the sources `update` and `commit`."""
    return encode(
        LeafNodeTBS(
            leaf.encryption_key,
            leaf.signature_key,
            leaf.credential,
            leaf.capabilities,
            leaf.source,
            leaf.extensions,
            None if isinstance(leaf.source, KeyPackageSource) else place,
        )
    )


def sign_leaf_node(
    suite: CipherSuite, signature_private: bytes, unsigned: LeafNode, place: LeafPlace | None
) -> LeafNode:
    """The leaf with its signature in place of whatever `unsigned.signature` was."""
    signature = suite.sign_with_label(signature_private, "LeafNodeTBS", leaf_node_tbs(unsigned, place))
    return replace(unsigned, signature=signature)


def is_signed(leaf: LeafNode, suite: CipherSuite, place: LeafPlace | None) -> bool:
    """Whether the leaf is signed by its own key, for its place; without one, only a KeyPackage's leaf can be."""
    if place is None and not isinstance(leaf.source, KeyPackageSource):
        return False
    return suite.verifies_with_label(leaf.signature_key, "LeafNodeTBS", leaf_node_tbs(leaf, place), leaf.signature)


def check_leaf_node(
    leaf: LeafNode,
    suite: CipherSuite,
    *,
    source: type[LeafNodeSource] | None,
    place: LeafPlace | None,
    now: int | None,
) -> None:
    """All of RFC 9420 7.3 that needs no other leaf.

    `source` is the class that the place in the message asks for, None where any will do (in a tree). `place` binds
    the signature of an `update` or `commit` leaf. `now` is None where lifetimes do not count: in a tree, whose
    members may have joined long ago. Raises InvalidLeafNode with one of the rules `wrong_source`,
    `default_type_listed`, `duplicate_extension`, `extension_not_listed`, `credential_not_listed`, `version_not_listed`,
    `cipher_suite_not_listed`, `invalid_encryption_key`, `expired`, `not_yet_valid`, `lifetime_too_long`,
    `invalid_signature`.
    """
    fits = source is None or isinstance(leaf.source, source)
    check(rules.SOURCE, fits, f"a leaf of {type(leaf.source).__name__} is out of place")
    check_listed(leaf, suite)
    if now is not None and isinstance(leaf.source, KeyPackageSource):
        check_lifetime(leaf.source.lifetime, now)
    is_key = suite.kem.is_public(leaf.encryption_key)
    check(rules.ENCRYPTION_KEY, is_key, "the encryption key of the leaf is not one of its suite")
    check(rules.LEAF_SIGNATURE, is_signed(leaf, suite, place), "the signature of the leaf does not verify")


def check_listed(leaf: LeafNode, suite: CipherSuite) -> None:
    """Whether the capabilities list what the leaf itself uses, and no default type (RFC 9420 7.2)."""
    capabilities = leaf.capabilities
    fresh = DEFAULT_EXTENSION_TYPES.isdisjoint(capabilities.extensions)
    fresh = fresh and DEFAULT_PROPOSAL_TYPES.isdisjoint(capabilities.proposals)
    check(rules.DEFAULT_TYPE, fresh, "the capabilities list a type that everybody supports by default")
    twice = has_duplicate_types(leaf.extensions)
    check(rules.LEAF_EXTENSIONS, not twice, "an extension type occurs twice in a leaf")
    listed = DEFAULT_EXTENSION_TYPES.union(capabilities.extensions)
    for extension in leaf.extensions:
        kind = extension.extension_type
        check(rules.EXTENSION_LISTED, kind in listed, f"the leaf uses extension {kind} but does not list it")
    kind = credential_type(leaf.credential)
    words = f"the leaf uses credential type {kind} but does not list it"
    check(rules.CREDENTIAL_LISTED, kind in capabilities.credentials, words)
    check(rules.VERSION_LISTED, ProtocolVersion.mls10 in capabilities.versions, "the leaf does not list MLS 1.0")
    words = f"the leaf does not list cipher suite {suite.value}"
    check(rules.SUITE_LISTED, suite.value in capabilities.cipher_suites, words)


def check_lifetime(lifetime: Lifetime, now: int) -> None:
    """Whether `now`, in seconds since 1970, is within a lifetime that is not too long (RFC 9420 7.2, 7.3)."""
    life = lifetime.not_after - lifetime.not_before
    check(rules.LIFETIME, life <= MAX_LIFETIME, f"the leaf lives for {life} s, more than {MAX_LIFETIME} s")
    words = f"the leaf is valid from {lifetime.not_before}, and it is {now}"
    check(rules.BEGUN, now >= lifetime.not_before, words)
    check(rules.EXPIRED, now <= lifetime.not_after, f"the leaf was valid until {lifetime.not_after}, it is {now}")
