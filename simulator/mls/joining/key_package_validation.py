"""Whether a KeyPackage may be used to add its client (RFC 9420 10.1)."""

from simulator.codec import encode
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.errors import InvalidKey, InvalidKeyPackage, InvalidSignature
from simulator.mls.extensions.extension import has_duplicate_types
from simulator.mls.joining.key_package import KeyPackage, KeyPackageTBS
from simulator.mls.tree.leaf_node import KeyPackageSource, ProtocolVersion
from simulator.mls.tree.leaf_validation import check_leaf_node


def key_package_tbs(key_package: KeyPackage) -> bytes:
    """What the signature of a KeyPackage covers."""
    return encode(
        KeyPackageTBS(
            key_package.version,
            key_package.cipher_suite,
            key_package.init_key,
            key_package.leaf_node,
            key_package.extensions,
        )
    )


def check_key_package(key_package: KeyPackage, suite: CipherSuite, now: int | None) -> None:
    """Raises InvalidKeyPackage or, for its leaf, InvalidLeafNode unless it can be used with `suite` at `now`.

    `now` is in seconds since 1970, None to leave lifetimes unchecked. The rules: `wrong_version`,
    `wrong_cipher_suite`, `init_key_reused`, `invalid_init_key`, `duplicate_extension`,
    `invalid_signature`.
    """
    if key_package.version != ProtocolVersion.mls10:
        raise InvalidKeyPackage(
            "wrong_version", "RFC 9420 10.1", f"the KeyPackage is of version {key_package.version}, not MLS 1.0"
        )
    if key_package.cipher_suite != suite.value:
        raise InvalidKeyPackage(
            "wrong_cipher_suite",
            "RFC 9420 10.1",
            f"the KeyPackage is for cipher suite {key_package.cipher_suite}, not {suite.value}",
        )
    leaf = key_package.leaf_node
    if key_package.init_key == leaf.encryption_key:
        raise InvalidKeyPackage(
            "init_key_reused", "RFC 9420 10.1", "the init key and the encryption key of a KeyPackage are the same"
        )
    if has_duplicate_types(key_package.extensions):
        raise InvalidKeyPackage(
            "duplicate_extension", "RFC 9420 13.4", "an extension type occurs twice in a KeyPackage"
        )
    try:
        suite.kem.check_public(key_package.init_key)
    except InvalidKey:
        raise InvalidKeyPackage(
            "invalid_init_key", "RFC 9420 10", "the init key of the KeyPackage is not one of its suite"
        ) from None
    check_leaf_node(leaf, suite, source=KeyPackageSource, place=None, now=now)
    try:
        suite.verify_with_label(
            leaf.signature_key, "KeyPackageTBS", key_package_tbs(key_package), key_package.signature
        )
    except InvalidSignature:
        raise InvalidKeyPackage(
            "invalid_signature", "RFC 9420 10.1", "the signature of the KeyPackage does not verify"
        ) from None
