"""Where a provider can be made to break down: it must lose nothing at any point of its work."""

from collections.abc import Callable

from simulator.net import ConnectionLost
from simulator.net.failpoint import Failpoint

Crashes = Callable[[Failpoint, str], bool]
"""Whether a provider crashes at a point, with an operation."""


class ProviderCrashed(ConnectionLost):
    """This provider has just crashed. Its own clients see a lost connection, and nobody else sees anything."""


class Failpoints:
    """Asked at each point whether the provider crashes there; it does not, unless somebody sets `crashes`, or watches
    and says so.
    """

    def __init__(self, provider: str, crash: Callable[[Failpoint, str], None], is_up: Callable[[], bool]) -> None:
        self.crashes: Crashes = _nowhere
        self._provider = provider
        self._crash = crash
        self._is_up = is_up
        self._watches: dict[object, Crashes] = {}

    def watch(self, key: object, crashes: Crashes | None) -> None:
        """Ask this too from now on, or what was there under the key no longer."""
        self._watches.pop(key, None)
        if crashes is not None:
            self._watches[key] = crashes

    @property
    def are_none(self) -> bool:
        """Whether nobody has set `crashes`, nor watches."""
        return self.crashes is _nowhere and not self._watches

    def reached(self, point: Failpoint, operation: str) -> None:
        """The provider has come to a point. Raises ProviderCrashed if that is the end of it.

        Nobody is asked where it has crashed already: what is left of it goes on to its next `await`, as far as the
        machine has it.
        """
        if self.are_none or not self._is_up():
            return
        asked = [each(point, operation) for each in (self.crashes, *self._watches.values())]
        if any(asked):
            self._crash(point, operation)
            raise ProviderCrashed(f"a user of {self._provider}", self._provider, f"it crashed: {point.meaning}")


def _nowhere(point: Failpoint, operation: str) -> bool:
    return False
