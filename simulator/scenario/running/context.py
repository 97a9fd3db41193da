"""What a step acts through: the session, and the results that earlier steps have named."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, TypeVar

from simulator.clients import Client
from simulator.clients.events.events import Received, Rejected
from simulator.dataclass import dataclass
from simulator.drafts.endpoint_words import Meaning
from simulator.drafts.requests.endpoint import HTTPEndpoint
from simulator.drafts.requests.wire_request import Headers
from simulator.errors import SimulatorError
from simulator.federation import Session, Unsupported
from simulator.printable import printable
from simulator.provider import Provider
from simulator.services.refusal import Code, Refusal
from simulator.trace import Exchange

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sent:
    """Application messages that one `send` made, in the order in which they were sent."""

    group: str
    messages: tuple[tuple[str, bytes], ...]
    """Sender's client URI and content."""
    at: int = 0
    """When, in protocol time."""


def listed(messages: Iterable[tuple[str, str, bytes]]) -> str:
    """Messages (group, sender, content) in words for people; nothing for none."""
    return ", ".join(f'"{printable(data.decode(errors="replace"))}" from {sender}' for _, sender, data in messages)


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request that was seen on its way, or made from one."""

    sender: str
    """The provider that sent it."""
    recipient: str
    """The provider that it was sent to."""
    endpoint: str
    body: bytes
    variables: Mapping[str, str] = field(default_factory=dict)
    """What its path has for the variable of the endpoint's template."""
    headers: Headers = ()
    """Beside those that every request to the endpoint has."""


_NOUNS: dict[type, tuple[str, str]] = {Sent: ("message", "sent"), str: ("group", "made"), Request: ("request", "made")}
"""What results are called, and what a step does to bring one about."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a step has in the place of a result that did not work out, as its file allows."""

    where: str
    """Its line."""
    words: str

    def __str__(self) -> str:
        return f"the step in {self.where} did not work out ({self.words})"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a step has chosen at random: something that a file would say as a step of its own."""

    step: int
    """The number of the step that has."""
    item: Mapping[str, Any]
    after: int
    """The number of the latest event by then."""


class Skipped(SimulatorError):
    """A step that was left out because its file says so, or because it needs what such a step should have made."""


class Answered(Refusal):
    """A provider's refusal of bytes that were sent to it as they are, with the HTTP status that it came with."""

    def __init__(self, code: Code, rule: str, http: int) -> None:
        super().__init__(code, rule)
        self.http = http

    def __str__(self) -> str:
        return f"{self.http} {self.code}: {self.rule}"


@dataclass(slots=True)
class Context:
    """One run of one scenario."""

    session: Session
    results: dict[str, Any] = field(default_factory=dict)
    """What `as` names."""
    labels: dict[str, str | None] = field(default_factory=dict)
    """What the recorder called a step that has an `as`."""
    absent: dict[str, Skipped | Unsupported] = field(default_factory=dict)
    """Why a step did not happen that has an `as`."""
    undone: int | None = None
    """The line of the first step that could not be done here at all: what follows need not be as its author meant."""
    last_undone: int = 0
    """The number of the last such step; 0 for none."""
    agreed: dict[tuple[str, str], int] = field(default_factory=dict)
    """Which users of external providers have agreed to a connection in this run (who asked, and who agreed), and how
    many clients each has: that many KeyPackages came."""
    obstacles: list[Skipped | Unsupported] = field(default_factory=list)
    """Why parts of the present step did not happen."""

    drawn: list[Drawn] = field(default_factory=list)
    """What steps have chosen at random so far."""

    rejections: tuple[tuple[Client, Rejected], ...] = ()
    """Who rejected what during the present step."""
    _heard: dict[str, int] = field(default_factory=dict)
    _read: dict[tuple[str, str, str, bytes], int] = field(default_factory=dict)

    def listen(self) -> None:
        """Put into `rejections` what clients have rejected since the last time."""
        news = []
        for client in self.session.clients:
            fresh = client.events[self._heard.get(client.uri, 0) :]
            self._heard[client.uri] = len(client.events)
            now = self.session.now
            for event in fresh:
                if isinstance(event, Received):
                    self._read.setdefault((client.uri, event.group, event.sender, event.data), now)
            news += [(client, event) for event in fresh if isinstance(event, Rejected)]
        self.rejections = tuple(news)

    def read_at(self, client: Client, message: tuple[str, str, bytes]) -> int | None:
        """When a client first had read this message (group, sender, content): protocol time at the end of the step."""
        return self._read.get((client.uri, *message))

    def name(self, name: str, result: Any) -> None:
        """Keep the result of the step that has just run under its `as`."""
        self.results[name] = result
        self.labels[name] = self.session.recorder.step

    def leave_out(self, name: str | None, line: int, why: Skipped | Unsupported) -> None:
        """Remember that a step did not happen."""
        if name is not None:
            self.absent[name] = why
        if isinstance(why, Unsupported):
            self.undone = line if self.undone is None else self.undone
            self.last_undone = self.session.recorder.step_number

    def leave_out_part(self, name: str | None, line: int, why: Skipped | Unsupported) -> None:
        """Remember that a part of the present step did not happen."""
        self.leave_out(name, line, why)
        self.obstacles.append(why)

    def label(self, name: str) -> str | None:
        """What the recorder called the step of this name. Raises Skipped or Unsupported if it did not happen."""
        self._expect(name)
        return self.labels[name]

    def result(self, name: str, kind: type[T]) -> T:
        """The result that a step has named. Raises SimulatorError if that step has none, because it was refused, and
        Skipped or Unsupported if it did not happen.
        """
        self._expect(name)
        value = self.results.get(name)
        if not isinstance(value, kind):
            noun, done = _NOUNS.get(kind, (kind.__name__.lower(), "made"))
            why = f"{value}: it was never {done}" if isinstance(value, Failure) else "no step has made it"
            raise SimulatorError(f"there is no {noun} {name}: {why}")
        return value

    def _expect(self, name: str) -> None:
        why = self.absent.get(name)
        if why is not None:
            raise type(why)(f"there is no {name}: {why}")

    def user_uri(self, name: str) -> str:
        """The URI of a user of the topology, or of one that nobody knows (`mimi://...`)."""
        return name if name.startswith("mimi://") else self.session.user(name).uri

    def check_clients(self, asker: str, name: str) -> None:
        """For what depends on how many clients the user `name` has, whom the user `asker` (a URI) can add. Raises
        Unsupported where one of an external provider has more or fewer than the topology gives it.
        """
        for user in self.session.everybody:
            there = self.agreed.get((asker, user.uri), len(user.devices))
            if user.uri == self.user_uri(name) and there != len(user.devices):
                raise Unsupported(
                    f"{user.at} is an external provider: {user.name} has {there} client{'s'[: there != 1]} there, "
                    f"this step needs {len(user.devices)}"
                )

    def group(self, name: str) -> str:
        """The URI of a named group."""
        return self.result(name, str)

    def exchanges(self, endpoint: str | None, sender: str | None, recipient: str | None) -> tuple[Exchange, ...]:
        """The recorded exchanges of an endpoint between providers, oldest first; None is any. Raises Unsupported for an
        endpoint that the draft does not have.
        """
        meant = self.meaning(endpoint) if endpoint else None
        hosts = self.hosts(recipient) if recipient else ()
        return tuple(
            exchange
            for exchange in self.session.recorder.exchanges
            if (meant is None or meant.includes(exchange.endpoint, exchange.operation))
            and sender in (None, exchange.sender)
            and (not hosts or exchange.recipient in hosts)
        )

    def meaning(self, word: str) -> Meaning:
        """What a word for endpoints, or an endpoint's own name, stands for. Raises Unsupported where the draft that is
        spoken has nothing of the kind.
        """
        meaning = self.session.draft.meaning(word)
        if meaning is None:
            raise Unsupported(f"{self.session.draft.name} has no endpoint {word}")
        return meaning

    def endpoint(self, word: str) -> HTTPEndpoint:
        """The endpoint that a word stands for, or that is called so. Raises Unsupported."""
        return self.session.draft.named(self.meaning(word).endpoint)

    def name_of(self, result: Any) -> str:
        """What a step has named so, for people; the thing itself where no step has."""
        return next((name for name, value in self.results.items() if value == result), str(result))

    def provider_of(self, client: Client) -> Provider:
        """The client's own provider."""
        return next(user.provider for user in self.session.users if client in user.clients)

    def is_deleted(self, client: Client) -> bool:
        """Whether its own provider has forgotten the client."""
        provider = self.provider_of(client)
        return provider.is_up and not provider.executor.store.users.client_exists(client.uri)

    def inbox(self, client: Client) -> list[tuple[str, str, bytes]]:
        """Group, sender and content of every application message that a client has read, oldest first."""
        return [(received.group, received.sender, received.data) for received in client.inbox]

    async def submit(self, request: Request, by: str, to: str) -> int:
        """Send a request's bytes from one provider to another; the status of the answer. Raises Answered for anything
        but a success.
        """
        reply = await self.session.send_raw(by, to, request.endpoint, request.body, request.variables, request.headers)
        if reply.error is not None:
            raise Answered(self.session.draft.code(reply.error), reply.description, reply.http)
        return reply.http

    def status(self, refusal: Refusal) -> int:
        """The HTTP status of a refusal: as it came during this step or, where a client's own provider refused, which it
        asks without HTTP, as the endpoint has it.
        """
        if refusal.http is not None:
            return refusal.http
        recorder = self.session.recorder
        seen = [e.status for e in recorder.exchanges if e.step == recorder.step and e.refused]
        usual = self.session.draft.refusals.write(refusal).status
        return usual if usual in seen or not seen else seen[-1] or 0

    def hosts(self, provider: str) -> tuple[str, str]:
        """The names under which a provider is asked: its own and its service host's."""
        return provider, self.session.peer(provider).service_host
