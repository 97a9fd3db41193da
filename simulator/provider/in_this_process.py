"""A provider in the simulator's own process: it can be broken, but not killed."""

from collections.abc import Callable

from simulator.net.faults import NoOwnProcess


class InThisProcess:
    """What a provider says to whoever wants to kill its process: that would be the simulator's."""

    name: str
    is_ours = True

    def watch_requests(self, key: object, heard: Callable[[], None] | None) -> None:
        """Raises NoOwnProcess where there is anybody to be told."""
        if heard is not None:
            self._refuse()

    def kill(self, after: float, ahead: int, killed: Callable[[], None]) -> None:
        """Raises NoOwnProcess."""
        self._refuse()

    def _refuse(self) -> None:
        raise NoOwnProcess(f"{self.name} is no process of its own, and only one that is can be killed")
