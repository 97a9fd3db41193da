"""One request on its way, and the way that is not there."""

from collections.abc import Mapping
from dataclasses import field

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RequestRoute:
    """What requests can be told apart by, before anything is connected or sent."""

    sender: str
    """Who asks, by name."""
    host: str
    method: str
    path: str
    recipient: str | None = None
    """The provider that is asked, where the caller said it: its service host may have any name."""
    endpoint: str | None = None
    operation: str | None = None
    """What the request is for, where the caller said it; the network can't look into a body."""
    variables: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the path has for the variables of the endpoint's, where the caller said it."""

    @property
    def provider(self) -> str:
        """Who is asked: the provider, or where the caller did not say it the host."""
        return self.recipient or self.host


class NoRoute(Exception):
    """Nobody can be reached under a name; the message says why. The client makes an `Unreachable` of it."""
