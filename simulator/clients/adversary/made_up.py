"""Clients that nobody registered: whoever makes one up has its key, and the name says that it is somebody's."""

from dataclasses import dataclass
from typing import Any

from simulator.clients.client_state import ClientState
from simulator.clients.home_provider import HomeProvider
from simulator.mls.joining.key_package import KeyPackage


def made_up_key_package(state: ClientState, uri: str) -> KeyPackage:
    """A KeyPackage for the client `uri`, with a key that `state` has just made. Raises BadName."""
    made = ClientState.open(uri, state.home, state.draft, state.suite, state.rand, state.now)
    return made.stock.make(state.now())


@dataclass(frozen=True)
class BorrowedName:
    """A provider's local interface that says in every request that it is another provider's."""

    home: HomeProvider
    provider: str
    """In whose name it asks."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.home, name)
