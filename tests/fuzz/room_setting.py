"""The scene for mimi-protocol-06: rooms in all states, and a request for each thing one can do there."""

from dataclasses import replace

from simulator.clients import Client
from simulator.clients.events.events import Received
from simulator.clients.operations import (
    AddClients,
    AddUsers,
    ChangeGroup,
    CreateGroup,
    ExternalJoin,
    Leave,
    Operation,
    RemoveClients,
    RemoveUsers,
    Report,
    Send,
    UpdateClient,
)
from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.binding.consent import REQUEST_CONSENT, UPDATE_CONSENT
from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY
from simulator.drafts.mimi_protocol_06.binding.notify import NOTIFY
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry, ConsentOperation
from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierRequest,
    QueryElement,
    SearchIdentifierType,
)
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest
from simulator.drafts.mimi_protocol_06.messages.update import HandshakeBundle, UpdateRequest
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.mimi_protocol_06.rules.deliveries import (
    fanned_out_commit,
    fanned_out_message,
    fanned_out_proposals,
)
from simulator.drafts.mimi_protocol_06.rules.hub_keys import proposing_key
from simulator.drafts.mimi_protocol_06.sender import from_header
from simulator.drafts.requests.endpoint import Endpoint, Outgoing
from simulator.mls.crypto import cipher_suite
from simulator.services.names import parse_client
from simulator.services.refusal import Code
from simulator.services.signing import signer
from tests.fuzz.back_to_back import body_of, framed, request_struct
from tests.fuzz.environment import Environment, Seed


class RoomSetting:
    """Sets the scene: who has consented, which rooms there are, and a request for each thing one can do there."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.session = environment.session
        self.seeds: list[Seed] = []

    async def build(self) -> None:
        """Everything; the environment is at rest afterwards."""
        alice, bob = self.session.client("alice.phone"), self.session.client("bob.phone")
        for asking, accepting in ((alice, "bob"), (alice, "carol"), (alice, "amy"), (bob, "carol")):
            await asking.request_connection(self.session.user(accepting).uri)
            await self.session.settle()
            await self.session.user(accepting).clients[0].accept_connection(asking.user)
            await self.session.settle()
        room, waiting = await self._room(), await self._room_that_waits()
        theirs = await bob.perform(CreateGroup())
        await bob.perform(AddUsers(theirs, (alice.user,)))
        await self.session.settle()
        await alice.perform(Send(theirs, b"hello"))
        await self.session.settle()
        for client in self.session.clients:
            client.online = False
        self._learn_keys()
        await self._operations(room, waiting, theirs)
        self._questions(room)
        self._between_providers()
        self.environment.seeds = tuple(self.seeds)
        await self._answers()
        self.environment.remember()
        for seed in self.seeds:
            self.environment.pool.learn(type(seed.request).__wire__, seed.request)  # type: ignore[attr-defined]

    async def _room(self) -> str:
        """A room of alice with two clients, bob with three and carol; epochs have come and gone in it."""
        alice = self.session.client("alice.phone")
        room = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(room, (self.session.user("bob").uri, self.session.user("carol").uri)))
        await self.session.settle()
        await self.session.client("alice.laptop").perform(ExternalJoin(room))
        await self.session.settle()
        await self.session.client("bob.laptop").perform(UpdateClient(room))
        await self.session.settle()
        await self.session.client("carol").perform(Send(room, b"hello"))
        await self.session.settle()
        return room

    async def _room_that_waits(self) -> str:
        """A room that bob asks to leave, and to which carol and amy are invited; amy has not joined."""
        alice = self.session.client("alice.phone")
        room = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(room, (self.session.user("bob").uri, self.session.user("carol").uri)))
        await self.session.settle()
        self.session.client("amy").online = False
        await alice.perform(AddUsers(room, (self.session.user("amy").uri,)))
        await self.session.settle()
        await self.session.client("bob.tablet").perform(Leave(room))
        await self.session.settle()
        return room

    def _learn_keys(self) -> None:
        suite = cipher_suite(1)
        for client in self.session.clients:
            for view in client.groups.values():
                identity = view.identity
                self.environment.keys[identity.signature_public_key] = identity.signature_private_key
                self.environment.views.setdefault(view.group_id, {})[client.uri.encode()] = view
        for provider in self.session.providers:
            key = provider.executor.do(proposing_key)
            self.environment.signs[provider.name] = signer(suite, key.private_key)

    async def _operations(self, room: str, waiting: str, theirs: str) -> None:
        client, user = self.session.client, self.session.user
        said = next(event for event in client("bob.phone").events if isinstance(event, Received) and event.evidence)
        planned: list[tuple[Client, Operation]] = [
            (client("alice.phone"), AddUsers(room, (user("amy").uri,))),
            (client("alice.phone"), AddClients(room, (client("alice.tablet").uri,))),
            (client("alice.phone"), RemoveUsers(room, (user("carol").uri,))),
            (client("bob.phone"), RemoveClients(room, (client("bob.laptop").uri,))),
            (client("alice.phone"), ChangeGroup(room, {user("carol").uri: "banned"})),
            (client("alice.phone"), ChangeGroup(room, {user("bob").uri: "group_admin"}, {"name": "Clubhouse"})),
            (client("alice.phone"), ChangeGroup(room, {}, {"max_users": 9})),
            (client("carol"), Leave(room)),
            (client("bob.phone"), UpdateClient(room)),
            (client("alice.phone"), UpdateClient(waiting)),
            (client("carol"), ExternalJoin(waiting)),
            (client("alice.tablet"), ExternalJoin(room)),
            (client("bob.laptop"), ExternalJoin(room)),
            (client("alice.laptop"), ExternalJoin(theirs)),
            (client("bob.laptop"), Send(room, b"hello again")),
            (client("alice.phone"), Send(theirs, b"hello again")),
            (client("bob.phone"), Report(room, user("carol").uri, (said.evidence,), "rude")),
        ]
        for actor, operation in planned:
            prepared = await actor.prepare(operation)
            self._sow(type(operation).__name__, parse_client(actor.uri).provider, prepared.outgoing, actor)
            self._sow_news(type(operation).__name__, prepared.outgoing)
        opening = await client("alice.phone").prepare(ChangeGroup(room, {}, {"open": True}))
        self._sow("opens a room", "a.example", opening.outgoing, client("alice.phone"), Code.not_authorized)

    def _sow_news(self, name: str, outgoing: Outgoing) -> None:
        """What the hub tells its followers about a request, before it has taken it."""
        match decode(outgoing.endpoint.request or object, outgoing.body):
            case UpdateRequest(HandshakeBundle(message, commit, None)) if commit is not None:
                news = fanned_out_commit(1, message)
            case UpdateRequest(HandshakeBundle(message, None, more)):
                news = fanned_out_proposals(1, (message, *(more or ())))
            case SubmitMessageRequest(_, message):
                news = fanned_out_message(1, message, None)
            case _:
                return
        hub = outgoing.recipient
        for follower in ("b.example", "c.example") if hub == "a.example" else ("a.example",):
            told = Outgoing(NOTIFY.name, NOTIFY, follower, encode(news), outgoing.variables, from_header(hub))
            self._sow(f"news of {name}", hub, told, None)

    def _questions(self, room: str) -> None:
        """What no client has asked yet."""
        alice, bob = self.session.user("alice").uri, self.session.user("bob").uri
        for kind, value in ((SearchIdentifierType.handle, "im:bob@b.example"), (SearchIdentifierType.nick, "bob")):
            query = IdentifierRequest((QueryElement(kind, None, None, value),), NO_EXTENSIONS)
            self._ask("query", "a.example", IDENTIFIER_QUERY, {"domain": "b.example"}, query)
        for operation in ConsentOperation:
            asking = operation in (ConsentOperation.request, ConsentOperation.cancel)
            row, names = (REQUEST_CONSENT, (alice, bob)) if asking else (UPDATE_CONSENT, (bob, alice))
            key_packages = () if operation is ConsentOperation.grant else None
            entry = ConsentEntry(operation, *names, room_of(room.encode()), key_packages, NO_EXTENSIONS)
            self._ask(operation.name, "a.example", row, {row.template.variable or "": "b.example"}, entry)

    def _ask(self, name: str, sender: str, row: Endpoint, variables: dict[str, str], request: object) -> None:
        recipient = next(iter(variables.values()))
        outgoing = Outgoing(row.name, row, recipient, encode(request), variables, from_header(sender))
        self._sow(name, sender, outgoing, None)

    def _between_providers(self) -> None:
        """What the providers have asked each other so far, each kind of thing once per direction."""
        rows = {row.name: row for row in self.session.draft.endpoints}
        found: dict[tuple[str, ...], Seed] = {}
        for exchange in self.session.recorder.exchanges:
            row = rows[exchange.endpoint]
            kind = request_struct(row)
            if kind is None or exchange.status != row.success or exchange.refused:
                continue
            asked = decode(kind, framed(row, exchange.request))
            name, to = f"{exchange.operation or exchange.endpoint} again", exchange.provider or ""
            headers = tuple(header for header in exchange.request_headers if header[0].lower() == "from")
            seed = Seed(name, row.name, exchange.sender, to, asked, None, None, exchange.variables, headers)
            found.setdefault((name, _kinds(asked), exchange.sender, to), seed)
        self.seeds += [found[place] for place in sorted(found)]
        self.seeds += _together(self.seeds)

    async def _answers(self) -> None:
        """Let each endpoint answer at least once, on the record."""
        answered = {exchange.endpoint for exchange in self.session.recorder.exchanges}
        for seed in {seed.endpoint: seed for seed in self.seeds if seed.code is None}.values():
            if seed.endpoint not in answered:
                await self.environment.send(seed.shot(body_of(seed.request)))
        await self.session.settle()

    def _sow(self, name: str, sender: str, outgoing: Outgoing, client: Client | None, code: Code | None = None) -> None:
        key = None if client is None else next(iter(client.groups.values())).identity.signature_private_key
        self.seeds.append(Seed.of(name, sender, outgoing, key, code))


def _kinds(request: object) -> str:
    """What kinds of messages are in a notification."""
    kinds = []
    for each in getattr(request, "messages", ()):
        body = getattr(each, "message", None) and each.message.body
        content = getattr(getattr(body, "content", None), "content", None)
        kinds.append(type(body if content is None else content).__name__)
    return " ".join(kinds)


def _together(seeds: list[Seed]) -> list[Seed]:
    """Notifications of a room for a provider, in one body."""
    rooms: dict[tuple[object, ...], list[Seed]] = {}
    for seed in seeds:
        if seed.endpoint == "notify":
            rooms.setdefault((seed.sender, seed.recipient, *seed.variables.values()), []).append(seed)
    return [
        replace(first, name="notify together", request=replace(first.request, messages=_all_of((first, *more))))  # type: ignore[type-var]
        for first, *more in rooms.values()
        if more
    ]


def _all_of(seeds: tuple[Seed, ...]) -> tuple[object, ...]:
    return tuple(message for seed in seeds for message in seed.request.messages)  # type: ignore[attr-defined]
