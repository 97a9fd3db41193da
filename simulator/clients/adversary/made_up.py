"""Clients that nobody registered: whoever makes one up has its key, and the name says that it is somebody's."""

from dataclasses import dataclass
from typing import Any

from simulator.clients.account import Account
from simulator.clients.home import Home
from simulator.mls.key_package import KeyPackage


def made_up_key_package(account: Account, uri: str) -> KeyPackage:
    """A KeyPackage for the client `uri`, with a key that `account` has just made. Raises BadName."""
    made = Account.open(uri, account.home, account.draft, account.suite, account.rand, account.now)
    return made.stock.make(account.now())


@dataclass(frozen=True)
class BorrowedName:
    """A provider's local interface that says in every request that it is another provider's."""

    home: Home
    provider: str
    """In whose name it asks."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.home, name)
