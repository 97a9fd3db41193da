"""A provider that somebody else runs: we know its names, and what it answers, and nothing of its insides."""

from typing import NoReturn

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.federation.topology import External


class Unsupported(SimulatorError):
    """Something that only whoever runs a provider can do to it, or see of it, and we do not run that one."""


@dataclass(frozen=True, slots=True)
class ExternalProvider:
    """An external provider of the federation. As a machine that could break it refuses: that one is not ours."""

    name: str
    service_host: str
    """Where it is expected to serve; what its discovery answers is what counts."""
    external: External

    @property
    def is_ours(self) -> bool:
        """It is not."""
        return False

    def refuse(self, what: str) -> NoReturn:
        """Say that `what` can't be had. Raises Unsupported."""
        raise Unsupported(f"{self.name} is an external provider: {what} can't be had from outside")

    async def start(self) -> None:
        """Raises Unsupported."""
        self.refuse("starting it")

    async def stop(self) -> None:
        """Raises Unsupported."""
        self.refuse("stopping it")

    async def crash(self) -> None:
        """Raises Unsupported."""
        self.refuse("a crash of it")

    def skew(self, seconds: int) -> None:
        """Raises Unsupported."""
        self.refuse("its clock")

    def crash_at(self, key: object, crashes: object) -> None:
        """Raises Unsupported."""
        self.refuse("a crash of it at a certain point")

    def let_store_fail(self, key: object, fails: object) -> None:
        """Raises Unsupported."""
        self.refuse("its store")

    def watch_requests(self, key: object, heard: object) -> None:
        """Raises Unsupported."""
        self.refuse("its process")

    def kill(self, after: float, ahead: int, killed: object) -> None:
        """Raises Unsupported."""
        self.refuse("its process")

    def break_down(self) -> None:
        """Raises Unsupported."""
        self.refuse("its machine")

    def start_again(self) -> None:
        """Raises Unsupported."""
        self.refuse("its machine")

    def rand(self, purpose: str, n: int) -> bytes:
        """Raises Unsupported."""
        self.refuse("its randomness")
