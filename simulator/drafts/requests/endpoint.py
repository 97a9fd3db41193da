"""One endpoint of a draft: what comes in and what goes out, and functions between bytes and the services' commands.

    request in     endpoint.head(request) -> Envelope: what stands in front, to be checked first
                   endpoint.open(request) -> Incoming: all of it, then `perform(context)` -> Answer or Ask
    answer in      endpoint.read(reply) -> Result, or raises the peer's Refusal

Which checks a provider makes of a request before it is performed, and in which order, the draft says (`Draft.checks`).
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import Enum
from typing import Protocol

from simulator.dataclass import dataclass
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import Headers, WireRequest
from simulator.errors import SimulatorError
from simulator.services.delivery.effects import Effect
from simulator.services.delivery.outbox import Failed
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Result
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Signature


class BadAnswer(SimulatorError):
    """A peer's answer that the draft does not allow; whether the request was carried out is unknown."""

    def __init__(self, reason: str, *, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """Seconds that the answer asks to wait before the next attempt, if it does."""


class NotOffered(BadAnswer):
    """A provider's discovery document has nothing for a request."""

    def __init__(self, reason: str, *, provider: str) -> None:
        super().__init__(reason)
        self.provider = provider


class HTTPRefusal(Refusal):
    """A refusal for which HTTP has a status of its own (404, 405, 413, 415, 421), and perhaps headers."""

    def __init__(
        self,
        code: Code,
        rule: str,
        section: str | None = None,
        *,
        status: int,
        headers: Headers = (),
    ) -> None:
        super().__init__(code, rule, section)
        self.status = status
        self.headers = headers


class OwnFailure(HTTPRefusal):
    """What a server answers where it failed itself: the request may be as good as any."""

    def __init__(self, words: str, section: str | None = None, *, status: int = 500) -> None:
        super().__init__(Code.internal, words, section, status=status)


class Place(Enum):
    """Which host name serves an endpoint."""

    own_domain = "own_domain"
    """The provider's own."""
    service_host = "service_host"
    """The one that discovery yields."""


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
class Ask:
    """A question for another provider, without whose answer there is none yet."""

    outgoing: "Outgoing"
    resume: Callable[[Result | Refusal | Failed, ServiceContext], "Answer | Ask"]
    """What follows from the answer: called in a transaction of its own, when much may have happened since. Raises
    Refusal, and then nothing has changed but what changed before the question."""
    effects: tuple[Effect, ...] = ()
    """What to do whatever the answer is."""


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
    """Whose token buckets this request draws from: those that the head tells, or those that only the whole tells. The
    sender's address is not among them."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A decoded request.

    `signature` is there if the sending *provider* signed: check it with that provider's key first.
    What clients sign needs the group's state to be checked, so `perform` does it. `perform` raises Refusal.
    """

    envelope: Envelope
    perform: Callable[[ServiceContext], Answer | Ask]
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class Refusals:
    """How refusals are written and read: at an endpoint, or where none was found. A status alone need not tell."""

    write: Callable[[Refusal], Reply]
    """The answer that carries a refusal. Its status and headers are those of an HTTPRefusal, where it is one."""
    is_refusal: Callable[[Reply], bool]
    """Whether an answer says no, in whatever form."""
    read: Callable[[Reply], Refusal | None]
    """The refusal that an answer carries; None where it carries none, or none that can be read."""


class HTTPEndpoint(Protocol):
    """What can be said of an endpoint without reading requests to it: of a draft's (`Endpoint`), and of those that
    belong to none (`IssuerEndpoint`).
    """

    @property
    def name(self) -> str:
        """What it is called in records and scenarios."""
        ...

    @property
    def method(self) -> str:
        """Of HTTP."""
        ...

    @property
    def template(self) -> Template:
        """Its path."""
        ...

    @property
    def place(self) -> Place:
        """Which host name serves it."""
        ...

    @property
    def media_type(self) -> str:
        """Of the answer."""
        ...

    @property
    def request_type(self) -> str:
        """The media type of the request's body, if there is one."""
        ...

    @property
    def request(self) -> type | None:
        """The wire struct of the body; None if there is none."""
        ...

    @property
    def response(self) -> type | None:
        """The wire struct of the answer; None if there is none."""
        ...

    @property
    def refusals(self) -> Refusals:
        """How refusals are written and read here."""
        ...

    @property
    def read(self) -> Callable[[Reply], Result]:
        """What a peer answered. Raises the peer's Refusal, or BadAnswer."""
        ...

    @property
    def success(self) -> int:
        """The HTTP status of an answer that is no refusal."""
        ...

    @property
    def protectable(self) -> bool:
        """Whether a provider may demand a token of Privacy Pass here."""
        ...

    @property
    def unnamed(self) -> bool:
        """Whether there is a place for nobody's name where the request says who asks, if a token pays for it."""
        ...

    @property
    def several(self) -> bool:
        """Whether a body is one or more of the request's structs, back to back."""
        ...

    @property
    def path(self) -> str:
        """Its path as people read it; a variable is in braces."""
        ...

    def wire_request(
        self, body: bytes = b"", variables: Mapping[str, str] | None = None, headers: Headers = ()
    ) -> WireRequest:
        """A request to this endpoint. A variable that is not given is empty."""
        ...

    def operation_of(self, request: WireRequest) -> str:
        """What is asked for; the endpoint's name where that can't be read."""
        ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the draft's endpoint table."""

    name: str
    method: str
    template: Template
    place: Place
    media_type: str
    """Of the answer and, if there is one, of the request's body."""
    request: type | None
    """The wire struct of the body; None if there is none."""
    response: type | None
    head: Callable[[WireRequest], Envelope] = field(repr=False)
    """Read what stands in front of a request: a few bytes, however long the body is. Raises Refusal malformed or
    unsupported_version."""
    open: Callable[[WireRequest], Incoming] = field(repr=False)
    """Decode all of a request. Raises Refusal malformed or unsupported_version, and HTTPRefusal for what is too
    much."""
    read: Callable[[Reply], Result] = field(repr=False)
    """What a peer answered. Raises the peer's Refusal, or BadAnswer."""
    refusals: Refusals = field(repr=False)
    success: int = 200
    """The HTTP status of an answer that is no refusal."""
    protectable: bool = False
    """Whether a provider may demand a token of Privacy Pass here."""
    unnamed: bool = False
    """Whether there is a place for nobody's name where the request says who asks, if a token pays for it."""
    several: bool = False
    """Whether a body is one or more of the request's structs, back to back."""

    @property
    def request_type(self) -> str:
        """The media type of the request's body, if there is one."""
        return self.media_type

    @property
    def path(self) -> str:
        """Its path as people read it; a variable is in braces."""
        return self.template.text

    def wire_request(
        self, body: bytes = b"", variables: Mapping[str, str] | None = None, headers: Headers = ()
    ) -> WireRequest:
        """A request to this endpoint. A variable that is not given is empty."""
        given = variables or ({self.template.variable: ""} if self.template.variable else {})
        return WireRequest(self.method, self.template.expand(**given), "", headers, body, given)

    def operation_of(self, request: WireRequest) -> str:
        """What is asked for (`add_users`); the endpoint's name where that can't be read."""
        try:
            return self.head(request).operation
        except Refusal:
            return self.name


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request that is ready to be sent to the provider `recipient`."""

    operation: str
    endpoint: HTTPEndpoint
    recipient: str
    body: bytes
    variables: Mapping[str, str] = field(default_factory=dict)
    """What its path has for the variables of the endpoint's template."""
    headers: Headers = ()
    """Beside those that every request to the endpoint has."""
    user: str | None = None
    """Our user (URI) for whom it is asked, where that is known: who pays for it."""
    client: str | None = None
    """Our client (URI) that asks, where it is one that does."""

    @property
    def wire_request(self) -> WireRequest:
        """What the recipient gets to see of it, but for host, address and certificate."""
        return self.endpoint.wire_request(self.body, self.variables, self.headers)
