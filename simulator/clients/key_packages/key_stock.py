"""The KeyPackages a client has published, with the private keys that belong to them."""

from collections.abc import Iterable, Sequence

from simulator.drafts.mls_profile import REGULAR, MLSProfile
from simulator.mls.crypto import CipherSuite
from simulator.mls.crypto.randomness import Rand
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import KeyPackageBundle, key_package_ref, make_key_package
from simulator.mls.tree.leaf_node import KeyPackageSource, Lifetime

LIFETIME = 28 * 24 * 3600
"""How long a KeyPackage is good, in seconds."""

CLOCK_SKEW = 3600
"""How long before its making it is good already, for providers whose clocks are behind."""


def lifetime(now: int) -> Lifetime:
    """The lifetime of a leaf that is made now."""
    return Lifetime(max(0, now - CLOCK_SKEW), now + LIFETIME)


class KeyStock:
    """What a client needs to open the Welcomes that may come."""

    def __init__(self, identity: Identity, suite: CipherSuite, rand: Rand, mls: MLSProfile) -> None:
        self._identity = identity
        self._suite = suite
        self._rand = rand
        self._mls = mls
        self._bundles: dict[bytes, KeyPackageBundle] = {}

    def make(self, now: int, kind: str = REGULAR, *, last_resort: bool = False) -> KeyPackage:
        """A fresh KeyPackage to publish."""
        bundle = make_key_package(
            self._identity,
            self._suite,
            self._rand,
            lifetime(now),
            self._mls.key_package_extensions(last_resort=last_resort),
            self._mls.leaf_extensions(kind),
        )
        self._bundles[bundle.reference] = bundle
        return bundle.key_package

    def forget_expired(self, now: int) -> int:
        """Delete the private keys of KeyPackages by which nobody may add us any more, as nobody has used them: of how
        many.
        """
        before = len(self._bundles)
        self._bundles = {ref: bundle for ref, bundle in self._bundles.items() if now <= _ends(bundle) + CLOCK_SKEW}
        return before - len(self._bundles)

    def forget(self, key_packages: Sequence[KeyPackage]) -> None:
        """Delete the private keys of KeyPackages that were not published."""
        for key_package in key_packages:
            self._bundles.pop(key_package_ref(key_package), None)

    def find(self, references: Iterable[bytes]) -> KeyPackageBundle | None:
        """The KeyPackage that one of these KeyPackageRefs means."""
        return next((self._bundles[ref] for ref in references if ref in self._bundles), None)

    def used(self, bundle: KeyPackageBundle) -> None:
        """Delete the private keys of a KeyPackage by which the client joined; one of last resort may come again."""
        if not self._mls.is_last_resort(bundle.key_package):
            self._bundles.pop(bundle.reference, None)


def _ends(bundle: KeyPackageBundle) -> int:
    source = bundle.key_package.leaf_node.source
    return source.lifetime.not_after if isinstance(source, KeyPackageSource) else 0
