"""What a draft is to everybody else: endpoints, and functions between bytes and the services' commands.

    request in     draft.endpoint(path).head(body) -> Envelope: what stands in front, to be checked first
                   draft.endpoint(path).open(body) -> Incoming: all of it, then `perform(context)` -> Answer
    refusal out    draft.refuse(refusal, status=None) -> Reply, at any endpoint or none
    request out    draft.write(command, sender, recipient, ...) -> Outgoing: which endpoint, which bytes
    answer in      endpoint.read(reply) -> Result, or raises the peer's Refusal

Nobody outside the draft's package names one of its structs; `Endpoint.request` and `.response` are there to be shown.
A provider serves a request like this:

    head = endpoint.head(body)                           # malformed, unsupported_version
    head.check_recipient(context.provider)                  # wrong_recipient
    ...rate limits by head.rate_keys                     # rate_limited
    incoming = endpoint.open(body)                       # TooLarge, malformed
    ...rate limits by incoming.envelope.rate_keys        # rate_limited
    ...incoming.signature, if any, with the key of incoming.envelope.sender
    with store.transaction():
        answer = incoming.perform(context)                  # everything else
        keep(answer.effects, context)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from simulator.drafts.requirement import Requirement
from simulator.errors import SimulatorError
from simulator.services.commands import GroupCommand, ProviderCommand
from simulator.services.effects import Effect
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Result
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Auth, Sign, Signature


class BadAnswer(SimulatorError):
    """A peer's answer that the draft does not allow; whether the request was carried out is unknown."""

    def __init__(self, reason: str, *, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """Seconds that the answer asks to wait before the next attempt, if it does."""


class Role(Enum):
    """Which host name serves an endpoint."""

    discovery = "discovery"
    """The provider's own domain."""
    delivery_service = "delivery_service"
    """The DS host that discovery yields."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer; header names in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of this (lower case) name."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back, and what to do after that."""

    reply: Reply
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is checked before anything is signed, looked up or changed. Discovery has neither sender nor recipient.

    There are two of a request: of its head, and, once all of it is decoded, of the whole.
    """

    operation: str
    sender: str | None = None
    recipient: str | None = None
    group: str | None = None
    """The group it is about, as people read it."""
    rate_keys: tuple[str, ...] = ()
    """Whose token buckets this request draws from ([T] names them): those that the head tells, or those that only the
    whole tells. The sender's address is the provider's to add."""

    def check_recipient(self, provider: str) -> None:
        """The check against forwarding attacks ([T] Security). Raises Refusal wrong_recipient."""
        if self.recipient is not None and self.recipient != provider:
            raise Refusal(Code.wrong_recipient, f"this is for {self.recipient}, not for {provider}", "[T] Transport")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A decoded request.

    `signature` is there if the sending *provider* signed: check it with that provider's verification key first.
    What clients sign needs the group's state to be checked, so `perform` does it. `perform` raises Refusal.
    """

    envelope: Envelope
    perform: Callable[[ServiceContext], Answer]
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the draft's endpoint table."""

    name: str
    method: str
    path: str
    role: Role
    media_type: str
    """Of the answer and, if there is one, of the request's body."""
    request: type | None
    """The wire struct of the body; None if there is none."""
    response: type | None
    head: Callable[[bytes], Envelope] = field(repr=False)
    """Decode what stands in front of a request: a few bytes, however long the body is. Raises Refusal malformed or
    unsupported_version."""
    open: Callable[[bytes], Incoming] = field(repr=False)
    """Decode a request's body. Raises TooLarge, and Refusal malformed or unsupported_version."""
    read: Callable[[Reply], Result] = field(repr=False)
    """What a peer answered. Raises the peer's Refusal, or BadAnswer."""

    def operation_of(self, body: bytes) -> str:
        """What is asked with this body (`add_users`); the endpoint's name where that can't be read."""
        try:
            return self.head(body).operation
        except Refusal:
            return self.name


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request that is ready to be sent to the provider `recipient`."""

    operation: str
    endpoint: Endpoint
    recipient: str
    body: bytes


class Refuse(Protocol):
    """The answer that carries a refusal; the same bytes at every endpoint, and where no endpoint was found.

    `status` replaces the code's own HTTP status where HTTP has a word for it before any struct is read (404, 405, 413,
    415, 421).
    """

    def __call__(self, refusal: Refusal, status: int | None = None) -> Reply: ...


class Write(Protocol):
    """Encode and sign a request. `auth` says who signs for a group command; providers sign theirs without it."""

    def __call__(
        self,
        command: GroupCommand | ProviderCommand,
        *,
        sender: str,
        recipient: str,
        sign: Sign | None = None,
        auth: Auth | None = None,
    ) -> Outgoing: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A generation of the protocol: name, version number on the wire, and its parts."""

    name: str
    version: int
    endpoints: tuple[Endpoint, ...]
    discovery: Endpoint
    write: Write
    refuse: Refuse
    resign: Callable[[Any, Sign], Any]
    """A request struct that a provider or a client signs, signed anew: for attacks. Raises TypeError for any other."""
    requirements: tuple[Requirement, ...] = ()
    """All that its documents demand, in their order. Scenarios say by ID what they cover."""
    structs: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False)
    """Its wire structs by name, those of RFC 9420 not among them: to be decoded and shown."""

    def __post_init__(self) -> None:
        """Raises ValueError where two requirements have one ID."""
        ids = [requirement.id for requirement in self.requirements]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"{self.name} has more than one requirement called {', '.join(twice)}")

    def endpoint(self, path: str) -> Endpoint | None:
        """The endpoint at a path, if there is one; the caller compares the method."""
        return next((row for row in self.endpoints if row.path == path), None)

    def named(self, name: str) -> Endpoint:
        """The endpoint of this name. Raises KeyError."""
        return {row.name: row for row in self.endpoints}[name]
