"""Who is in a federation: providers, their users, the users' clients, and what they all have in common."""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from pathlib import Path
from typing import Any

from simulator.dataclass import dataclass
from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError
from simulator.services.limits.rate_limit import Limit
from simulator.services.tokens.settings import TokenSettings


class BadTopology(SimulatorError):
    """A topology that describes no federation."""


class Certificate(Enum):
    """What a provider's server shows in the handshake."""

    good = "good"
    expired = "expired"
    wrong_name = "wrong_name"
    foreign_ca = "foreign_ca"


@dataclass(frozen=True, slots=True)
class ExternalGroup:
    """A group that users of an external provider have created."""

    uri: str
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What holds in it, in the draft's words, where that is not as usual."""


@dataclass(frozen=True, slots=True)
class External:
    """Where a provider is that we do not start, and whom we have to trust to speak with it."""

    address: str
    """A host name or IP address: what the provider's names are looked up to, as DNS would."""
    port: int
    ca: Path
    """PEM, one certificate or several: who issues its certificates."""
    client_certificate: Path | None = None
    """PEM with a certificate, its chain and its private key: what our providers show to it if it asks; None for their
    own."""
    accepts: bool = False
    """Whether its users agree to every connection request by themselves."""
    groups: tuple[ExternalGroup, ...] = ()
    """The groups there that we know of."""


@dataclass(frozen=True, slots=True)
class ProviderSpec:
    """One provider. `users` maps user names (`alice`) to the names of their clients (`phone`, `laptop`)."""

    name: str
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    service_host: str | None = None
    """Where its endpoints are served; None for the draft's usual name."""
    rate_limits: Mapping[str, Limit] = field(default_factory=dict)
    """By kind of key (`provider`, `group`, `member`, `address`); a kind without limit is free."""
    max_body: int | None = None
    """The largest request body it takes, in bytes; None for the draft's usual limit."""
    handshake_seconds: float | None = None
    """How long it waits for the end of a TLS handshake, in real time; None for the usual limit."""
    database: str | None = None
    """The SQLite file of its state; None keeps it in memory."""
    in_file: bool = False
    """Whether it is in a file all the same then: one of the run, which is gone at its end."""
    port: int | None = None
    """The loopback port that it serves at; None for any that is free."""
    tokens: TokenSettings | None = None
    """What it does with tokens of Privacy Pass; None where it does not know them."""
    waived: tuple[str, ...] = ()
    """The IDs of the rules that it and its clients do not keep."""
    external: External | None = None
    """Where it is, if somebody else runs it: then its names and those of its users are all that we have of it."""

    def host(self, draft: Draft) -> str:
        """The name of its service host. Raises BadName where the draft's usual one can't be."""
        return self.service_host or draft.discovery.default_host(self.name)


@dataclass(frozen=True, slots=True)
class Topology:
    """A federation before it is started."""

    providers: tuple[ProviderSpec, ...]
    draft: str = DRAFTS.names[0]
    suite: int = 1
    """The cipher suite of all groups (RFC 9420 17.1)."""
    http2: bool = False
    """Whether providers speak HTTP/2 to each other; they serve both versions in any case."""
    mutual_tls: bool = False
    """Whether providers show certificates as TLS clients, too: always in a draft that leaves no choice."""
    waived: tuple[str, ...] = ()
    """The IDs of the rules that no provider and no client keeps."""
    key_packages: int = 8
    """How many KeyPackages of each kind a client publishes at the start."""
    last_resort: bool = True
    """Whether it also publishes one of each kind that is handed out when no other is left."""
    authority: Path | None = None
    """The folder of the certificate authority (`ca.pem`, `ca.key`), made when it is first used, so that others can
    trust it from one run to the next; None for an authority of this run alone."""
