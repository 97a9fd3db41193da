"""What went wrong at a provider, or at a host that several share, and was no peer's doing."""

from collections.abc import Callable

from simulator.machine import machine_failure
from simulator.storage import InjectedStoreError

MOST = 100
"""How many are kept: each holds a traceback with all that it refers to."""


class FaultLog(list[Exception]):
    """Bugs of the simulator, and MachineFailures: the last `MOST`, oldest first. `heard_by` is called with each."""

    heard_by: Callable[[Exception], None] = staticmethod(lambda _: None)

    def append(self, error: Exception) -> None:
        """Add it, as a MachineFailure where that is what it comes from, and tell; but nothing that somebody wanted."""
        noted = machine_failure(error) or error
        if isinstance(noted, InjectedStoreError):
            return
        super().append(noted)
        if len(self) > MOST:
            del self[0]
        self.heard_by(noted)
