"""A KeyPackage with the private keys that belong to it (RFC 9420 10)."""

from collections.abc import Sequence
from dataclasses import field, replace

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.mls.crypto.kem import KeyPair
from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.suite import CipherSuite, cipher_suite
from simulator.mls.extensions.extension import Extension
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_validation import key_package_tbs
from simulator.mls.remembered import remembered
from simulator.mls.tree.leaf_node import KeyPackageSource, Lifetime, ProtocolVersion


@dataclass(frozen=True, slots=True)
class KeyPackageBundle:
    """What a client keeps until the Welcome for this KeyPackage comes."""

    key_package: KeyPackage
    init_private_key: bytes = field(repr=False)
    encryption_private_key: bytes = field(repr=False)

    @property
    def reference(self) -> bytes:
        """The KeyPackageRef (RFC 9420 5.2)."""
        return key_package_ref(self.key_package)


@remembered
def encoded_key_package(key_package: KeyPackage) -> bytes:
    """Its encoding, which is stored, and hashed for the KeyPackageRef."""
    return encode(key_package)


@remembered
def key_package_ref(key_package: KeyPackage) -> bytes:
    """The KeyPackageRef, by the hash of the KeyPackage's own suite (RFC 9420 5.2). Raises UnsupportedCipherSuite."""
    return cipher_suite(key_package.cipher_suite).key_package_ref(encoded_key_package(key_package))


def make_key_package(
    identity: Identity,
    suite: CipherSuite,
    rand: Rand,
    lifetime: Lifetime,
    extensions: Sequence[Extension] = (),
    leaf_extensions: Sequence[Extension] | None = None,
) -> KeyPackageBundle:
    """A fresh signed KeyPackage; draws under "init_key" and "leaf_key".

    `leaf_extensions` replace the identity's usual ones. Non-default types in either list must be in the
    identity's capabilities, else every receiver refuses the KeyPackage.
    """
    init = suite.generate_hpke_key_pair(rand, "init_key")
    encryption = suite.generate_hpke_key_pair(rand, "leaf_key")
    of_leaf = None if leaf_extensions is None else tuple(leaf_extensions)
    return _signed(identity, suite, init, encryption, lifetime, tuple(extensions), of_leaf)


@remembered
def _signed(
    identity: Identity,
    suite: CipherSuite,
    init: KeyPair,
    encryption: KeyPair,
    lifetime: Lifetime,
    extensions: tuple[Extension, ...],
    leaf_extensions: tuple[Extension, ...] | None,
) -> KeyPackageBundle:
    """The scenarios of one process begin with the same clients, who have the same keys and publish the same."""
    leaf = identity.leaf_node(suite, encryption.public, KeyPackageSource(lifetime), None, leaf_extensions)
    unsigned = KeyPackage(
        version=ProtocolVersion.mls10,
        cipher_suite=suite.value,
        init_key=init.public,
        leaf_node=leaf,
        extensions=extensions,
        signature=b"",
    )
    signature = identity.sign(suite, "KeyPackageTBS", key_package_tbs(unsigned))
    return KeyPackageBundle(replace(unsigned, signature=signature), init.private, encryption.private)
