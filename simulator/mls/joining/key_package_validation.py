"""Whether a KeyPackage may be used to add its client (RFC 9420 10.1)."""

from simulator.codec import encode
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.extensions.extension import has_duplicate_types
from simulator.mls.joining import rules
from simulator.mls.joining.key_package import KeyPackage, KeyPackageTBS
from simulator.mls.remembered import found_good, remembered
from simulator.mls.tree.leaf_node import KeyPackageSource, ProtocolVersion
from simulator.mls.tree.leaf_validation import check_leaf_node
from simulator.rules import check


@remembered
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


@found_good
def check_key_package(key_package: KeyPackage, suite: CipherSuite, now: int | None) -> None:
    """Raises InvalidKeyPackage or, for its leaf, InvalidLeafNode unless it can be used with `suite` at `now`.

    `now` is in seconds since 1970, None to leave lifetimes unchecked. The rules: `wrong_version`,
    `wrong_cipher_suite`, `init_key_reused`, `invalid_init_key`, `duplicate_extension`,
    `invalid_signature`.
    """
    known = key_package.version == ProtocolVersion.mls10
    check(rules.VERSION, known, f"the KeyPackage is of version {key_package.version}, not MLS 1.0")
    words = f"the KeyPackage is for cipher suite {key_package.cipher_suite}, not {suite.value}"
    check(rules.SUITE, key_package.cipher_suite == suite.value, words)
    leaf = key_package.leaf_node
    alone = key_package.init_key != leaf.encryption_key
    check(rules.INIT_KEY_ALONE, alone, "the init key and the encryption key of a KeyPackage are the same")
    twice = has_duplicate_types(key_package.extensions)
    check(rules.EXTENSIONS, not twice, "an extension type occurs twice in a KeyPackage")
    is_key = suite.kem.is_public(key_package.init_key)
    check(rules.INIT_KEY, is_key, "the init key of the KeyPackage is not one of its suite")
    check_leaf_node(leaf, suite, source=KeyPackageSource, place=None, now=now)
    signed = key_package_tbs(key_package)
    genuine = suite.verifies_with_label(leaf.signature_key, "KeyPackageTBS", signed, key_package.signature)
    check(rules.SIGNATURE, genuine, "the signature of the KeyPackage does not verify")
