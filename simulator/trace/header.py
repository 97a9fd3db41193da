"""The first line of a trace: what was run, with what, and who is in it."""

from collections.abc import Mapping
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.trace.events import Moment, Whole

FORMAT = 3
"""The version of the file format that this simulator writes, and the only one that it reads."""


@dataclass(frozen=True, slots=True)
class ClientShown:
    """A client of a user."""

    name: str
    """`alice.phone`"""
    uri: str


@dataclass(frozen=True, slots=True)
class ProviderShown:
    """A provider with its clients, in the order in which lanes of a diagram stand."""

    name: str
    service_host: str
    clients: tuple[ClientShown, ...] = ()
    external: bool = False
    """Whether it is somebody else's program, into which nobody here can look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a trace is of."""

    scenario: str
    """The scenario's id, which names it in all runs."""
    name: str
    file: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    """The IDs of the requirements that it is there for."""
    waived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The IDs of the rules that a provider and its clients do not keep from the start, by the provider's name."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    seed: Whole
    draft: str
    layout: bytes = field(default=b"", repr=False)
    """What it takes to read its bodies, `simulator.trace.layout.packed`; nothing where nobody can read them."""
    suite: int = 1
    http2: bool = False
    mutual_tls: bool = False
    providers: tuple[ProviderShown, ...] = ()
    started: Moment = field(compare=False)
    """Unix time in seconds."""
    simulator: str = field(default="", compare=False)
    """The simulator's version."""
    secrets: bool = False
    """Whether clients' secrets are in it."""
    format: int = FORMAT

    def provider_of(self, host: str) -> str:
        """The provider that serves a host; the host's own name where nobody does."""
        return next((each.name for each in self.providers if host in (each.name, each.service_host)), host)
