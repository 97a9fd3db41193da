"""The KeyPackages that a client has at its provider for others to fetch: how many, and when there have to be more."""

from dataclasses import dataclass

from simulator.clients.account import Account
from simulator.machine import MachineFailure
from simulator.services.refusal import Refusal


@dataclass(frozen=True, slots=True)
class _Supply:
    """How many KeyPackages of one kind a client wants in stock, and whether one of last resort besides."""

    count: int
    last_resort: bool


class Publishing:
    """What one client has published. A provider hands each out once, to anybody who asks: it does not last."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._wanted: dict[bool, _Supply] = {}

    def publish(self, count: int, *, connection: bool, last_resort: bool) -> None:
        """Upload `count` fresh KeyPackages and, if asked for, one of last resort. Raises Refusal."""
        supply = self._wanted.get(connection, _Supply(0, last_resort=False))
        self._wanted[connection] = _Supply(max(count, supply.count), last_resort or supply.last_resort)
        self._upload(count, connection=connection, last_resort=last_resort)

    def replenish(self) -> None:
        """Fill the stock of each kind up to the most that was ever published of it at once; one of last resort is
        replaced when it has expired. Raises Refusal.
        """
        account = self._account
        account.stock.forget_expired(account.now())
        for connection, supply in self._wanted.items():
            left, last_resort = account.home.key_packages_left(account.uri, connection=connection)
            missing = max(0, supply.count - left)
            self._upload(missing, connection=connection, last_resort=supply.last_resort and not last_resort)

    def _upload(self, count: int, *, connection: bool, last_resort: bool) -> None:
        account, now = self._account, self._account.now()
        made = [account.stock.make(now, connection=connection) for _ in range(count)]
        if last_resort:
            made.append(account.stock.make(now, connection=connection, last_resort=True))
        if not made:
            return
        try:
            account.home.publish(account.uri, made)
        except (Refusal, MachineFailure):  # nobody has them
            account.stock.forget(made)
            raise
