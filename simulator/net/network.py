"""The network: which loopback port stands behind which host name.

URLs, SNI and certificate checks keep the real names; only this map knows that they all live on 127.0.0.1.
"""

from dataclasses import dataclass

from simulator.errors import hint


@dataclass(frozen=True, slots=True)
class Address:
    """A loopback address and port."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Hop:
    """One request on its way: what a rule of the network can tell requests apart by."""

    sender: str
    host: str
    method: str
    path: str


class NoRoute(Exception):
    """Nobody can be reached under a name; the message says why. The client makes an `Unreachable` of it."""


class Network:
    """Host names and the addresses behind them. Names are compared in lower case."""

    def __init__(self) -> None:
        self._addresses: dict[str, Address | None] = {}

    def bind(self, name: str, address: Address) -> None:
        """Let `name` lead to `address`, from now on. Several names may lead to one address."""
        self._addresses[name.lower()] = address

    def unbind(self, name: str) -> None:
        """`name` stays known but leads nowhere, as a machine that is down. Raises NoRoute for an unknown name."""
        self.lookup(name)
        self._addresses[name.lower()] = None

    def lookup(self, name: str) -> Address | None:
        """The address behind `name`, None while it is down. Raises NoRoute for an unknown name."""
        try:
            return self._addresses[name.lower()]
        except KeyError:
            raise NoRoute(f"no host has the name {name}{hint(name.lower(), self._addresses)}") from None

    async def route(self, hop: Hop) -> Address:
        """Where a request goes. Every request of every client passes here once, before any connection is used for it:
        this is the place where the network may delay it or let it get lost. Raises NoRoute.
        """
        address = self.lookup(hop.host)
        if address is None:
            raise NoRoute(f"{hop.host} is down")
        return address
