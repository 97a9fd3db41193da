"""A KeyPackage that breaks one rule for KeyPackages: only the client's own provider sees it before somebody uses it."""

from simulator.clients.adversary.flaws import EXPIRED_LEAF, check_flaw, of_profiles
from simulator.clients.adversary.spoiled_key_package import FLAWS, spoiled
from simulator.clients.client_state import ClientState
from simulator.clients.key_packages.key_stock import lifetime
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import make_key_package
from simulator.mls.tree.leaf_node import Lifetime


def odd_key_package(state: ClientState, kind: str, flaw: str, *, last_resort: bool, new_key: bool) -> KeyPackage:
    """One of this kind, with one of `flaws`; `new_key` says that it is signed with a key that its provider does not
    know. Its private keys are thrown away. Raises SimulatorError for a flaw that no KeyPackage has.
    """
    check_flaw(flaw, (EXPIRED_LEAF, *FLAWS, *of_profiles(state.draft)), "KeyPackage", state.draft)
    mls, now = state.draft.adversary.flawed_profiles.get(flaw, state.draft.mls), state.now()
    identity = state.identity.with_new_key(state.suite, state.rand) if new_key else state.identity
    bundle = make_key_package(
        identity,
        state.suite,
        state.rand,
        Lifetime(now - 200, now - 100) if flaw == EXPIRED_LEAF else lifetime(now),
        mls.key_package_extensions(last_resort=last_resort),
        mls.leaf_extensions(kind),
    )
    return spoiled(bundle.key_package, flaw, identity, state.suite)
