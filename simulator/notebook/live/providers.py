"""Providers, as one looks at them and misuses them in a cell."""

from collections.abc import Iterable
from datetime import UTC, datetime

from simulator.errors import SimulatorError
from simulator.federation import RawReply, Session, Unsupported
from simulator.notebook.arguments import checked
from simulator.notebook.figures.markup import BAD, GOOD, Display, chip, key_chip, page, table, text
from simulator.notebook.live.clients import Client
from simulator.notebook.live.live_session import LiveSession
from simulator.notebook.live.request import Request
from simulator.notebook.waiving import rule_ids
from simulator.printable import printable
from simulator.trace.tree import shortened


class Answer:
    """What a provider said to bytes that were sent to it."""

    def __init__(self, reply: RawReply) -> None:
        self.status = reply.http
        """The HTTP status."""
        self.error = reply.error
        """The protocol's error code; None for a success."""
        self.description = reply.description
        """The refusal's sentence for people."""
        self.body = reply.body

    @property
    def rule(self) -> str:
        """The broken rule of a refusal and where it is from, without what was asked of whom; empty for a success."""
        return self.description.partition(" rejected by ")[2].partition(": ")[2] or self.description

    def __repr__(self) -> str:
        if not self.error:
            return f"HTTP {self.status} ok"
        return printable(f"HTTP {self.status} {self.error}: {shortened(self.description)}")

    def _repr_html_(self) -> str:
        if self.error is None:
            return page(chip(f"{self.status} ok", GOOD))
        return page(chip(f"{self.status} {self.error}", BAD), text(shortened(self.description)))


class Provider:
    """A provider of the federation. What it does is a step."""

    def __init__(self, live: LiveSession, name: str) -> None:
        self.name = name
        self._live = live

    def __repr__(self) -> str:
        return f"<provider {self.name}>"

    def _repr_html_(self) -> str:
        return self.key.html

    @checked("forwarding a request")
    def forward(self, request: Request, to: "str | Provider") -> Answer:
        """Send somebody's request, as it is, to another provider: the forwarding attack."""
        if isinstance(to, Provider) and to._live is not self._live:
            raise SimulatorError(f"the provider {to.name} is of another federation")
        other = to if isinstance(to, str) else to.name
        return self._send(request, other, f"forwards {request.endpoint} to")

    @checked("replaying a request")
    def replay(self, request: Request) -> Answer:
        """Send a request once more, to the provider for which it was."""
        return self._send(request, request.recipient, f"replays {request.endpoint} to")

    def _send(self, request: Request, to: str, doing: str) -> Answer:
        if request._live is not self._live:
            raise SimulatorError(f"the request of {request.endpoint} is of another federation")

        async def send(session: Session) -> Answer:
            recipient = session.provider(to).name
            return Answer(await session.send_raw(self.name, recipient, request.endpoint, request.body))

        return self._live.act(f"{self.name} {doing} {to}", send, attack=True)

    @property
    def key(self) -> Display:
        """The key that it signs with as a provider. Raises Unsupported in a draft in which providers have none."""

        def look(session: Session) -> Display:
            rules, key = session.draft.provider_keys, session.provider(self.name).keys.own
            if rules is None or key is None:
                raise Unsupported(f"providers have no keys in {session.draft.name}")
            until = datetime.fromtimestamp(key.not_after, UTC)
            row = (text(self.name), f"<code>{key.key_id.hex()}</code>", key_chip(key.public_key), text(until.date()))
            head = ("provider", "key id", f"{rules.name} (Ed25519)", "good until")
            return Display(page(table(head, [row])), f"{self.name} signs with {key.public_key.hex()}")

        return self._live.look(look)

    @checked("counting messages")
    def queued(self, client: "str | Client") -> int:
        """How many messages wait here for a client."""
        if isinstance(client, Client) and client._live is not self._live:
            raise SimulatorError(f"the client {client.name} is of another federation")
        name = client if isinstance(client, str) else client.name
        return self._live.look(lambda session: session.provider(self.name).queued(session.client(name).uri))

    @property
    def fingerprint(self) -> str:
        """A hash of all that it remembers: the same as long as nothing has changed."""
        return self._live.look(lambda session: session.provider(self.name).fingerprint())

    @checked("waiving rules")
    def waive(self, *rules: str) -> None:
        """Let it and its clients not keep these rules from now on: see `Federation.waive`. Raises Refused."""
        waive(self._live, rules, self.name)

    def stop(self) -> None:
        """Shut it down in good order."""
        self._live.act(f"{self.name} stops", lambda session: session.stop(self.name))

    def crash(self) -> None:
        """End it in the midst of whatever it does."""
        self._live.act(f"{self.name} crashes", lambda session: session.crash(self.name))

    def start(self) -> None:
        """Start it again, with what it had stored."""
        self._live.act(f"{self.name} starts", lambda session: session.start(self.name))


def waive(live: LiveSession, rules: Iterable[str], by: str | None = None) -> None:
    """Let a provider, or all, and their clients not keep rules (IDs) from now on: a step. Raises SimulatorError."""
    wanted = rule_ids(rules, live.draft)

    async def doing(session: Session) -> None:
        session.waive(wanted, None if by is None else [session.provider(by)])

    live.act(f"{by or 'everybody'} waives {', '.join(wanted)}", doing)
