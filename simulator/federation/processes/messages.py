"""What a process of a federation is told, and what it answers."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from simulator.bounded_records import Bounds
from simulator.clients.events.events import Event
from simulator.dataclass import dataclass
from simulator.federation.processes.failure import Failure
from simulator.federation.topology import Topology
from simulator.net import Address

CLIENT, PROVIDER, SHARE = "client", "provider", "share"
Target = tuple[str, str]
"""Whom a call is for: one of these, and a URI, a name, or nothing."""


class Elsewhere(Exception):
    """Something of a provider or client that is in another process, and that can't be had from here."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one process is to run."""

    topology: Topology
    """Of its own providers alone, and of those that somebody else runs."""
    place: int
    """The number of the share, from 0."""
    of: int
    """How many shares there are."""
    names: tuple[str, ...]
    """All providers of all shares, in the order of the topology."""
    step: tuple[str | None, int]
    """The step that is running, and its number."""
    seed: int
    now: int
    authority: tuple[bytes, bytes]
    """The certificate and the private key of the federation's authority, PEM."""
    wire: bool = False
    """Whether the bytes of connections are recorded."""
    secrets: bool = False
    """Whether clients' secrets are."""
    bounds: Bounds | None = None
    """How much its recorder keeps until somebody reads it."""
    client_bounds: Bounds | None = None
    """How many of its events a client keeps."""
    life: int = 1
    """The how-many-eth process that runs it: others draw other random bytes."""
    elsewhere: Mapping[str, Address] = field(default_factory=dict, hash=False)
    """Where the providers of other processes are, as far as that is known at its start."""
    ahead: int = 0
    """Seconds by which the clocks of its providers are ahead."""


@dataclass(frozen=True, slots=True)
class Call:
    """Something to be done or to be looked up: the attribute at the end of `path`, called if there are `arguments`."""

    number: int
    target: Target
    path: tuple[str, ...]
    arguments: tuple[Any, ...] | None = None
    keywords: Mapping[str, Any] = field(default_factory=dict, hash=False)
    known: int = 0
    """Of a client: how many of its events are known already."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Nobody waits any more for a call."""

    number: int


@dataclass(frozen=True, slots=True)
class Close:
    """The federation ends; what is recorded last is the answer."""


@dataclass(frozen=True, slots=True)
class News:
    """What a client has noticed since."""

    total: int
    """How many events there have been."""
    messages: int
    """How many of them are messages that it has read."""
    events: tuple[Event, ...]
    """The last of them: all that are not known, as far as they are kept."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a call."""

    number: int
    value: Any
    """What it returned, or a Failure."""
    news: Mapping[str, News] = field(default_factory=dict, hash=False)
    """By client, what it has noticed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong at a provider, or at a host, and was no peer's doing."""

    provider: str
    failure: Failure
