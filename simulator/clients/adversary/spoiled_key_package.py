"""KeyPackages with one thing wrong by RFC 9420 7.2, 7.3 and 10.1, otherwise sound, and signed as they are then."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.clients.adversary.crafting import flipped
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_validation import key_package_tbs
from simulator.mls.tree.leaf_node import Capabilities, KeyPackageSource, LeafPlace, Lifetime, UpdateSource
from simulator.mls.tree.leaf_validation import MAX_LIFETIME, sign_leaf_node

OTHER_VERSION = 2
"""A version of MLS that does not exist yet."""

UNLISTED = 0xFABC
"""A type for private use, which no client says that it supports."""

_ID = Extension(ExtensionType.application_id, b"\x01?")


def other_version(package: KeyPackage) -> KeyPackage:
    """The KeyPackage is of a version of MLS that does not exist."""
    return replace(package, version=OTHER_VERSION)


def init_key_as_leaf_key(package: KeyPackage) -> KeyPackage:
    """The init key of the KeyPackage is its leaf's encryption key, too."""
    return replace(package, init_key=package.leaf_node.encryption_key)


def junk_init_key(package: KeyPackage) -> KeyPackage:
    """The init key of the KeyPackage is no key of its cipher suite."""
    return replace(package, init_key=b"no key")


def extension_twice(package: KeyPackage) -> KeyPackage:
    """The KeyPackage has one extension twice."""
    return replace(package, extensions=(*package.extensions, _ID, _ID))


def leaf_of_update(package: KeyPackage) -> KeyPackage:
    """The leaf of the KeyPackage has the source of one that a member proposes."""
    return _with_leaf(package, source=UpdateSource())


def default_type_listed(package: KeyPackage) -> KeyPackage:
    """The leaf lists an extension that everybody supports anyway."""
    listed = (*package.leaf_node.capabilities.extensions, int(ExtensionType.application_id))
    return _with_capabilities(package, extensions=listed)


def leaf_extension_twice(package: KeyPackage) -> KeyPackage:
    """The leaf has one extension twice."""
    return _with_leaf(package, extensions=(*package.leaf_node.extensions, _ID, _ID))


def extension_not_listed(package: KeyPackage) -> KeyPackage:
    """The leaf has an extension that it does not list."""
    return _with_leaf(package, extensions=(*package.leaf_node.extensions, Extension(UNLISTED, b"")))


def credential_not_listed(package: KeyPackage) -> KeyPackage:
    """The leaf does not list the type of its own credential."""
    return _with_capabilities(package, credentials=(UNLISTED,))


def version_not_listed(package: KeyPackage) -> KeyPackage:
    """The leaf does not list the version of MLS in use."""
    return _with_capabilities(package, versions=(OTHER_VERSION,))


def suite_not_listed(package: KeyPackage) -> KeyPackage:
    """The leaf does not list the cipher suite in use."""
    others = tuple(each for each in package.leaf_node.capabilities.cipher_suites if each != package.cipher_suite)
    return _with_capabilities(package, cipher_suites=others)


def long_lifetime(package: KeyPackage) -> KeyPackage:
    """The leaf is valid for longer than anybody accepts."""
    begin = _lifetime(package).not_before
    return _with_leaf(package, source=KeyPackageSource(Lifetime(begin, begin + MAX_LIFETIME + 1)))


def later_lifetime(package: KeyPackage) -> KeyPackage:
    """The lifetime of the leaf has not begun."""
    end = _lifetime(package).not_after
    return _with_leaf(package, source=KeyPackageSource(Lifetime(end - 1, end)))


def junk_leaf_key(package: KeyPackage) -> KeyPackage:
    """The encryption key of the leaf is no key of its cipher suite."""
    return _with_leaf(package, encryption_key=b"no key")


def bad_leaf_signature(package: KeyPackage) -> KeyPackage:
    """The signature of the leaf is wrong, that of the KeyPackage around it is not."""
    return _with_leaf(package, signature=flipped(package.leaf_node.signature))


def bad_key_package_signature(package: KeyPackage) -> KeyPackage:
    """The signature of the KeyPackage is wrong, that of the leaf in it is not."""
    return replace(package, signature=flipped(package.signature))


FLAWS: Mapping[str, Callable[[KeyPackage], KeyPackage]] = {
    spoil.__name__: spoil
    for spoil in (
        other_version,
        init_key_as_leaf_key,
        junk_init_key,
        extension_twice,
        leaf_of_update,
        default_type_listed,
        leaf_extension_twice,
        extension_not_listed,
        credential_not_listed,
        version_not_listed,
        suite_not_listed,
        long_lifetime,
        later_lifetime,
        junk_leaf_key,
        bad_leaf_signature,
        bad_key_package_signature,
    )
}
"""What can be wrong with a KeyPackage, by name; the docstring is the meaning."""


def spoiled(package: KeyPackage, flaw: str, identity: Identity, suite: CipherSuite) -> KeyPackage:
    """The KeyPackage with a flaw if `flaw` is one of FLAWS; else as it is. `identity` is whose it is."""
    spoil = FLAWS.get(flaw)
    if spoil is None:
        return package
    changed = spoil(package)
    leaf = changed.leaf_node
    if leaf.signature == package.leaf_node.signature and leaf != package.leaf_node:
        place = LeafPlace(b"", 0) if isinstance(leaf.source, UpdateSource) else None
        leaf = sign_leaf_node(suite, identity.signature_private_key, leaf, place)
    changed = replace(changed, leaf_node=leaf)
    if changed.signature != package.signature:
        return changed
    return replace(changed, signature=identity.sign(suite, "KeyPackageTBS", key_package_tbs(changed)))


def _with_leaf(package: KeyPackage, **fields: object) -> KeyPackage:
    return replace(package, leaf_node=replace(package.leaf_node, **fields))  # type: ignore[arg-type]


def _with_capabilities(package: KeyPackage, **fields: tuple[int, ...]) -> KeyPackage:
    capabilities: Capabilities = replace(package.leaf_node.capabilities, **fields)
    return _with_leaf(package, capabilities=capabilities)


def _lifetime(package: KeyPackage) -> Lifetime:
    source = package.leaf_node.source
    assert isinstance(source, KeyPackageSource)  # noqa: S101 (a sound one has a lifetime)
    return source.lifetime
