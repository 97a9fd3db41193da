"""A KeyPackage that breaks one rule for KeyPackages: only the client's own provider sees it before somebody uses it."""

from dataclasses import replace

from simulator.clients.adversary.flaws import EXPIRED_LEAF, check_flaw, of_profiles
from simulator.clients.adversary.spoiled_key_package import FLAWS, spoiled
from simulator.clients.client_state import ClientState
from simulator.clients.key_packages.key_stock import lifetime
from simulator.mls.crypto import CipherSuite
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import make_key_package
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Lifetime


def odd_key_package(
    state: ClientState,
    kind: str,
    flaw: str,
    *,
    last_resort: bool = False,
    new_key: bool = False,
    claims: str | None = None,
    suite: CipherSuite | None = None,
) -> KeyPackage:
    """One of this kind, with one of `flaws`. Its private keys are thrown away.

    `new_key` says that it is signed with a key that the client's provider does not know, as it always is in a `suite`
    of another signature scheme than the client's; `claims` is the client (a URI) that its credential names instead.
    Raises Misuse for a flaw that no KeyPackage has.
    """
    check_flaw(flaw, (EXPIRED_LEAF, *FLAWS, *of_profiles(state.draft)), "KeyPackage", state.draft)
    mls, now = state.draft.adversary.flawed_profiles.get(flaw, state.draft.mls), state.now()
    suite = suite or state.suite
    identity = state.identity
    if new_key or suite.signature != state.suite.signature:
        identity = identity.with_new_key(suite, state.rand)
    if claims is not None:
        identity = replace(identity, credential=BasicCredential(claims.encode()))
    bundle = make_key_package(
        replace(identity, capabilities=mls.capabilities),
        suite,
        state.rand,
        Lifetime(now - 200, now - 100) if flaw == EXPIRED_LEAF else lifetime(now),
        mls.key_package_extensions(last_resort=last_resort),
        mls.leaf_extensions(kind),
    )
    return spoiled(bundle.key_package, flaw, identity, suite)
