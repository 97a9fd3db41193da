"""The network: which address stands behind which host name, which machines there are, and what goes wrong.

URLs, SNI and certificate checks keep the real names; only this map knows that they live on 127.0.0.1, or where somebody
else's server is.
"""

from simulator.dataclass import dataclass
from simulator.errors import hint
from simulator.net.client.request_route import NoRoute, RequestRoute
from simulator.net.clock import Clock, StoppedClock
from simulator.net.faults.in_force import Faults
from simulator.net.links.simulated_links import SimulatedLinks
from simulator.net.returning import Returning
from simulator.net.source_addresses import SourceAddresses
from simulator.net.timeouts import NoWorkTracker, WorkTracker


@dataclass(frozen=True, slots=True)
class Address:
    """An IP address, or a host name that the system can look up, and a port."""

    host: str
    port: int


class Network:
    """Host names and the addresses behind them. Names are compared in lower case.

    `clock` is the protocol time that delays last; without one they end only with their faults. `activity` hears of
    requests that are held up.
    """

    def __init__(self, clock: Clock | None = None, work_tracker: WorkTracker | None = None) -> None:
        self.clock: Clock = clock or StoppedClock()
        self.faults = Faults(self.clock, work_tracker or NoWorkTracker())
        """What goes wrong on purpose. Every request of every client passes through here once."""
        self.source_addresses = SourceAddresses()
        """Which address each client dials from."""
        self.returning = Returning()
        """Which machines are about to be there again."""
        self.links: SimulatedLinks | None = None
        """What takes simulated time between providers; without it nothing does."""
        self._addresses: dict[str, Address | None] = {}

    def bind(self, name: str, address: Address) -> None:
        """Let `name` lead to `address`, from now on. Several names may lead to one address."""
        self._addresses[name.lower()] = address

    def knows(self, name: str) -> bool:
        """Whether the name is known, up or down."""
        return name.lower() in self._addresses

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

    def route(self, route: RequestRoute) -> Address:
        """Where a request goes. Raises NoRoute."""
        address = self.lookup(route.host)
        if address is None:
            raise NoRoute(f"{route.host} is down")
        return address
