"""Clients that nobody registered: whoever makes one up has its key, and the name says that it is somebody's."""

from dataclasses import replace
from typing import Any

from simulator.clients.client_state import ClientState
from simulator.clients.home_provider import HomeProvider
from simulator.dataclass import dataclass
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_validation import key_package_tbs
from simulator.mls.tree.leaf_validation import sign_leaf_node


def made_up_key_package(state: ClientState, uri: str, encryption_key: bytes | None = None) -> KeyPackage:
    """A KeyPackage for the client `uri`, with keys that `state` has just made; its leaf with another `encryption_key`,
    if one is given. Raises BadName.
    """
    made = ClientState.open(uri, state.home, state.draft, state.suite, state.rand, state.now)
    package, identity = made.stock.make(state.now()), made.identity
    if encryption_key is None:
        return package
    leaf = replace(package.leaf_node, encryption_key=encryption_key)
    leaf = sign_leaf_node(state.suite, identity.signature_private_key, leaf, None)
    unsigned = replace(package, leaf_node=leaf)
    return replace(unsigned, signature=identity.sign(state.suite, "KeyPackageTBS", key_package_tbs(unsigned)))


@dataclass(frozen=True)
class BorrowedName:
    """A provider's local interface that says in every request that it is another provider's."""

    home: HomeProvider
    provider: str
    """In whose name it asks."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.home, name)
