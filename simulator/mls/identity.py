"""A client's own signature key, with what it says about itself in every leaf it signs."""

from collections.abc import Sequence
from dataclasses import field, replace

from simulator.dataclass import dataclass
from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.suite import CIPHER_SUITES, CipherSuite
from simulator.mls.extensions.extension import Extension
from simulator.mls.tree.credential import Credential, CredentialType, identity_of
from simulator.mls.tree.leaf_node import (
    Capabilities,
    LeafNode,
    LeafNodeSource,
    LeafPlace,
    ProtocolVersion,
    UpdateSource,
)
from simulator.mls.tree.leaf_validation import sign_leaf_node


def default_capabilities(extensions: Sequence[int] = (), proposals: Sequence[int] = ()) -> Capabilities:
    """What this package supports, and the non-default `extensions` and `proposals` that the application supports."""
    return Capabilities(
        versions=(ProtocolVersion.mls10,),
        cipher_suites=tuple(suite.value for suite in CIPHER_SUITES),
        extensions=tuple(extensions),
        proposals=tuple(proposals),
        credentials=(CredentialType.basic,),
    )


@dataclass(frozen=True, slots=True)
class Identity:
    """The signature key pair (RFC 9420 5.1.1 formats), credential, capabilities and usual leaf extensions of a client.

    A signature key fits the cipher suites of one signature scheme; a client in groups of others has several.
    """

    signature_private_key: bytes = field(repr=False)
    signature_public_key: bytes
    credential: Credential
    capabilities: Capabilities = field(default_factory=default_capabilities)
    leaf_extensions: tuple[Extension, ...] = ()

    @classmethod
    def generate(
        cls,
        suite: CipherSuite,
        credential: Credential,
        rand: Rand,
        capabilities: Capabilities | None = None,
        leaf_extensions: Sequence[Extension] = (),
    ) -> "Identity":
        """An identity with a fresh signature key for `suite`; draws under "signature_key"."""
        keys = suite.generate_signature_key_pair(rand)
        return cls(
            keys.private, keys.public, credential, capabilities or default_capabilities(), tuple(leaf_extensions)
        )

    @property
    def name(self) -> bytes:
        """What tells this client from others (RFC 9420 5.3.3)."""
        return identity_of(self.credential)

    def with_new_key(self, suite: CipherSuite, rand: Rand) -> "Identity":
        """The same client with a fresh signature key."""
        keys = suite.generate_signature_key_pair(rand)
        return replace(self, signature_private_key=keys.private, signature_public_key=keys.public)

    def sign(self, suite: CipherSuite, label: str, content: bytes) -> bytes:
        """SignWithLabel (RFC 9420 5.1.2). Raises InvalidKey if the key does not fit the suite."""
        return suite.sign_with_label(self.signature_private_key, label, content)

    def leaf_node(
        self,
        suite: CipherSuite,
        encryption_key: bytes,
        source: LeafNodeSource,
        place: LeafPlace | None,
        extensions: Sequence[Extension] | None = None,
    ) -> LeafNode:
        """A signed LeafNode (RFC 9420 7.2).

        `place` is None exactly for a KeyPackage's leaf; `extensions` replace the identity's usual ones.
        """
        unsigned = replace(self.unsigned_leaf(extensions), encryption_key=encryption_key, source=source)
        return sign_leaf_node(suite, self.signature_private_key, unsigned, place)

    def unsigned_leaf(self, extensions: Sequence[Extension] | None = None) -> LeafNode:
        """A leaf that says who this is, with encryption key, source and signature still to come."""
        return LeafNode(
            encryption_key=b"",
            signature_key=self.signature_public_key,
            credential=self.credential,
            capabilities=self.capabilities,
            source=UpdateSource(),
            extensions=self.leaf_extensions if extensions is None else tuple(extensions),
            signature=b"",
        )
