"""A provider that somebody else runs: we know its names, and what it answers, and nothing of its insides."""

from dataclasses import dataclass
from typing import NoReturn

from simulator.errors import SimulatorError
from simulator.federation.topology import External


class Unsupported(SimulatorError):
    """Something that only whoever runs a provider can do to it, or see of it, and we do not run that one."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """An external provider of the federation."""

    name: str
    ds_host: str
    """Where its Delivery Service is expected; what its discovery answers is what counts."""
    external: External

    def refuse(self, what: str) -> NoReturn:
        """Say that `what` can't be had. Raises Unsupported."""
        raise Unsupported(f"{self.name} is an external provider: {what} can't be had from outside")
