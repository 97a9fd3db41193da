"""Whether a leaf is good in itself (RFC 9420 7.2, 7.3); how it goes with the others is up to the group."""

from dataclasses import replace

from simulator.codec import encode
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.errors import InvalidKey, InvalidLeafNode, InvalidSignature
from simulator.mls.extensions.extension import DEFAULT_EXTENSION_TYPES, has_duplicate_types
from simulator.mls.proposals.proposals import DEFAULT_PROPOSAL_TYPES
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

MAX_LIFETIME = 84 * 24 * 3600 + 3600
"""The longest lifetime we accept, in seconds: twelve weeks, and an hour for clocks that differ.

RFC 9420 7.2 asks every application for such a maximum.
"""


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


def check_leaf_signature(leaf: LeafNode, suite: CipherSuite, place: LeafPlace | None) -> None:
    """Raises InvalidSignature unless the leaf is signed by its own key, for its place."""
    suite.verify_with_label(leaf.signature_key, "LeafNodeTBS", leaf_node_tbs(leaf, place), leaf.signature)


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
    if source is not None and not isinstance(leaf.source, source):
        raise InvalidLeafNode("wrong_source", "RFC 9420 7.3", f"a leaf of {type(leaf.source).__name__} is out of place")
    check_listed(leaf, suite)
    if now is not None and isinstance(leaf.source, KeyPackageSource):
        check_lifetime(leaf.source.lifetime, now)
    try:
        suite.kem.check_public(leaf.encryption_key)
    except InvalidKey:
        raise InvalidLeafNode(
            "invalid_encryption_key", "RFC 9420 5.1.1", "the encryption key of the leaf is not one of its suite"
        ) from None
    try:
        check_leaf_signature(leaf, suite, place)
    except InvalidSignature:
        raise InvalidLeafNode(
            "invalid_signature", "RFC 9420 7.3", "the signature of the leaf does not verify"
        ) from None


def check_listed(leaf: LeafNode, suite: CipherSuite) -> None:
    """Whether the capabilities list what the leaf itself uses, and no default type (RFC 9420 7.2)."""
    capabilities = leaf.capabilities
    if DEFAULT_EXTENSION_TYPES.intersection(capabilities.extensions) or DEFAULT_PROPOSAL_TYPES.intersection(
        capabilities.proposals
    ):
        raise InvalidLeafNode(
            "default_type_listed", "RFC 9420 7.2", "the capabilities list a type that everybody supports by default"
        )
    if has_duplicate_types(leaf.extensions):
        raise InvalidLeafNode("duplicate_extension", "RFC 9420 13.4", "an extension type occurs twice in a leaf")
    listed = DEFAULT_EXTENSION_TYPES.union(capabilities.extensions)
    for extension in leaf.extensions:
        kind = extension.extension_type
        if kind not in listed:
            raise InvalidLeafNode(
                "extension_not_listed", "RFC 9420 7.3", f"the leaf uses extension {kind} but does not list it"
            )
    kind = credential_type(leaf.credential)
    if kind not in capabilities.credentials:
        raise InvalidLeafNode(
            "credential_not_listed", "RFC 9420 7.2", f"the leaf uses credential type {kind} but does not list it"
        )
    if ProtocolVersion.mls10 not in capabilities.versions:
        raise InvalidLeafNode("version_not_listed", "RFC 9420 11.1", "the leaf does not list MLS 1.0")
    if suite.value not in capabilities.cipher_suites:
        raise InvalidLeafNode(
            "cipher_suite_not_listed", "RFC 9420 11.1", f"the leaf does not list cipher suite {suite.value}"
        )


def check_lifetime(lifetime: Lifetime, now: int) -> None:
    """Whether `now`, in seconds since 1970, is within a lifetime that is not too long (RFC 9420 7.2, 7.3)."""
    if lifetime.not_after - lifetime.not_before > MAX_LIFETIME:
        raise InvalidLeafNode(
            "lifetime_too_long",
            "RFC 9420 7.2",
            f"the leaf lives for {lifetime.not_after - lifetime.not_before} s, more than {MAX_LIFETIME} s",
        )
    if now < lifetime.not_before:
        raise InvalidLeafNode(
            "not_yet_valid", "RFC 9420 7.3", f"the leaf is valid from {lifetime.not_before}, and it is {now}"
        )
    if now > lifetime.not_after:
        raise InvalidLeafNode("expired", "RFC 9420 7.3", f"the leaf was valid until {lifetime.not_after}, it is {now}")
