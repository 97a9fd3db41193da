"""The events of a run, each a value with its place in the run. Times, ports and connection numbers differ from run to
run and so are no part of equality.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from simulator.dataclass import dataclass

Headers = tuple[tuple[str, str], ...]

Moment: TypeAlias = Annotated[float, Meta(ge=0, lt=253402300800)]
"""Unix time in seconds, before the year 10000."""
Seconds: TypeAlias = Annotated[float, Meta(ge=-(2**40), le=2**40)]
"""A time span; a clock that is set back makes it negative."""
Whole: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""A number of something, from 0, or its place among others."""
Port: TypeAlias = Annotated[int, Meta(ge=0, le=65535)]

Address: TypeAlias = tuple[str, Port]
"""A loopback address and port."""

_EPOCHS = 2**64
"""An epoch is a uint64 (RFC 9420 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What all events have: when it began, and where in the run that was."""

    started: Moment = field(compare=False)
    """Unix time in seconds."""
    number: Whole = 0
    """Place in the run, counted from 1 by the recorder: events are numbered as they begin, not as they end."""
    step: str | None = None
    """The scenario step during which it began, as its number and keyword: `3 send`. `start` is before the first."""
    step_number: Whole = 0
    """The step's number, counted from 1; 0 outside of steps."""
    simulated: Seconds | None = field(default=None, compare=False)
    """When it began, in simulated seconds since the run did; None without a network model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Event):
    """One HTTP request and what became of it, as its sender saw it: an answer (`status`) or a failure (`error`)."""

    sender: str
    """Who asked: a provider or a client, by name."""
    recipient: str
    """Whom: the host name in the URL."""
    provider: str | None = None
    """Whom: the provider behind that host, where the caller said so."""
    endpoint: str
    """The endpoint's name, where the caller gave one, else the path."""
    operation: str | None = None
    """What it was for, where the caller said so: `add_users`."""
    variables: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What its path had for the variables of the endpoint's, where the caller said so."""
    method: str
    url: str
    request_headers: Headers
    request: bytes
    http_version: str | None = None
    tls_version: str | None = None
    cipher: str | None = None
    status: Whole | None = None
    response_headers: Headers = ()
    response: bytes = b""
    refused: bool = False
    """Whether an answer came, and it was no: so the draft reads it."""
    code: str | None = None
    """The protocol's error code in a refusal: `wrong_epoch`."""
    error: str | None = None
    """The people's message of the failure; None where an answer came, whatever its status."""
    fault: str | None = None
    """The names of the faults that the network had for it, in their order, or None."""
    attempt: Whole = 1
    """The how-manieth time in a row that these very bytes went this way without a success before."""
    seconds: Seconds = field(compare=False)
    """From the request to the end of the answer or the failure."""
    connection: Whole | None = field(default=None, compare=False)
    """The number of the connection it went over (the last, where it went over several)."""
    opened: Seconds | None = field(default=None, compare=False)
    """Seconds it waited for its connection: until TCP and TLS stood, or an idle one was its own."""
    answered: Seconds | None = field(default=None, compare=False)
    """Seconds from its beginning until the head of the answer was there."""
    simulated_seconds: Seconds | None = field(default=None, compare=False)
    """What it took in simulated time, from the request to the end of the answer or the failure."""

    @property
    def to(self) -> str:
        """Who was asked, by the best name there is: the provider, else the host."""
        return self.provider or self.recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class TLSFailure(Event):
    """A handshake that a server refused or that its peer gave up: nobody got as far as HTTP."""

    server: str
    reason: str
    peer: Address = field(compare=False)
    """Where the connection came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBegan(Event):
    """A step of the scenario begins. What follows, up to its end, has its label."""

    line: Whole
    """Of the scenario file."""
    note: str = ""
    """What the author says about it."""
    attack: bool = False
    """Whether somebody misbehaves in it, as told."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that should have been and was not, and the line of the scenario file that wanted it."""

    line: Whole
    expected: str
    happened: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEnded(Event):
    """A step is over, settled and checked."""

    line: Whole
    result: str
    """`passed`, `failed`, `fault`, `unsupported` or `skipped`."""
    message: str = ""
    """How it failed; how it was refused as expected; else nothing."""
    mismatches: tuple[Mismatch, ...] = ()
    seconds: Seconds = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolEvent(Event):
    """Something that a client or a provider did or noticed, which need not show on the wire.

    `kind` of clients: Joined, Sent, Received, Proposed, EpochChanged, Removed, Lost, ConnectionRequested, Rejected,
    Doubted, Accepted, Refused, FellBehind, Equivocated, Recovered, Stopped, Substituted,
    Downloaded, FileRejected
    (`simulator.clients.events.events`).
    `kind` of both: Waived (something that would have been refused, if its `rules` were kept), and decisions, which have
    a `requirement`: Deduplicated, AnsweredAgain, Deferred, Dropped, Postponed, Undelivered, Retried, BackedOff,
    NotAsked, GaveUp, Expired, LastResort, Issued, IssuedAgain, Redeemed, Repeated,
    PaysAgain, ChallengeIgnored, KeyRotated
    (`simulator.services.decisions`).
    `kind` of providers: Started, Stopped, Crashed, Refused (a request), Delivered (a message for another provider).
    """

    role: Literal["client", "provider"]
    actor: str
    """The client's URI, or the provider's name."""
    name: str
    """What people call it: `alice.phone`, `a.example`."""
    kind: str
    group: str | None = None
    """The URI of the group it is about."""
    epoch: int | None = None
    operation: str | None = None
    peer: str | None = None
    """The other party: who sent, committed, asked or was to get something; a client URI or a provider's name."""
    rule: str | None = None
    """Only of a rejection or refusal: the rule that was broken (a client's slug), or the error code."""
    reason: str | None = None
    """The sentence for people."""
    rules: tuple[str, ...] = ()
    """Only of a rejection or refusal, or of one that did not come because the actor does not keep the rule (`Waived`):
    the IDs of the rules that were broken, the nearest first, what they stand for in the draft last."""
    requirement: str | None = None
    """Only of a decision: the ID of the requirement that it follows, of the draft or else of the simulator's own."""
    details: Mapping[str, str] = field(default_factory=dict)
    """Whatever else there is to say of its kind, by name: `added`, `removed`, `text`, `data` (hex), `clients`, `again`.
    """

    def __post_init__(self) -> None:
        """Raises ValueError."""
        if self.epoch is not None and not 0 <= self.epoch < _EPOCHS:
            raise ValueError("no epoch has such a number")

    @property
    def broken(self) -> str:
        """The IDs of its rules, as people are shown them: a requirement is not named beside a check of its own."""
        return ", ".join(each for each in self.rules if not any(other.startswith(f"{each}/") for other in self.rules))

    @property
    def is_rejection(self) -> bool:
        """Whether somebody said no, or noticed that somebody else breaks the protocol."""
        said_no = self.kind in (
            "Rejected",
            "Refused",
            "Equivocated",
            "Doubted",
            "Substituted",
            "FileRejected",
            "Undelivered",
        )
        return said_no or (self.kind == "Stopped" and self.role == "client")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected(Event):
    """A client's TLS connection is up."""

    connection: Whole = field(compare=False)
    """Its number in the run, counted from 1."""
    sender: str
    host: str
    client: Address = field(compare=False)
    server: Address = field(compare=False)
    http_version: str
    tls_version: str
    cipher: str
    seconds: Seconds = field(compare=False)
    """What TCP and TLS took together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnected(Event):
    """A client's TCP connection is closed, by whomever; also one on which TLS failed."""

    connection: Whole = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Event):
    """Bytes of a client's TCP connection, TLS records as they went by: only recorded for those who want them."""

    connection: Whole = field(compare=False)
    outward: bool
    """From the client to the server."""
    client: Address = field(compare=False)
    server: Address = field(compare=False)
    data: bytes = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TLSSecret(Event):
    """A line of the TLS key log of a connection (SSLKEYLOGFILE): with it, `Segment`s can be decrypted.

    These are secrets between simulated providers, of one connection, and not a client's.
    """

    connection: Whole | None = field(compare=False)
    line: str = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSecret(Event):
    """A secret of a client, only recorded when asked for: whoever has it can read the group's messages of that epoch.

    `label` is RFC 9420's name: `sender_data_secret`, `encryption_secret`, `exporter_secret`, ...
    """

    client: str
    group: str
    epoch: int
    label: str
    secret: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Event):
    """The run is over; a trace without it is of a run that is still going on, or crashed."""

    result: str
    """The scenario's: `passed`, `failed`, `fault`, `unsupported` or `skipped`."""
    message: str = ""
    seconds: Seconds = field(compare=False)
