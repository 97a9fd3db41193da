"""The scene for mimi-transport-00: groups in all states, and a request for each thing one can do there."""

from simulator.clients import Client
from simulator.clients.operations import (
    AddClients,
    AddUsers,
    CreateGroup,
    DeleteGroup,
    ExternalJoin,
    Leave,
    Operation,
    RemoveClients,
    RemoveUsers,
    Send,
    UpdateClient,
)
from simulator.codec import decode
from simulator.drafts.mimi_transport_00.extensions import context_extensions
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.drafts.requests.endpoint import Outgoing
from simulator.drafts.requests.requester import Requester
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import ReInit
from simulator.services import commands, provider_keys
from simulator.services.asker import AsClient, AsInvited, Asker, AsMember
from simulator.services.names import group, parse_client
from simulator.services.refusal import Code
from simulator.services.signing import signer
from tests.fuzz.attacks import Attacks
from tests.fuzz.environment import NOW, Environment, Seed


class TransportSetting:
    """Sets the scene: who is connected, which groups there are, and a request for each thing one can do there."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.session = environment.session
        self.suite = cipher_suite(environment.kind.suite)
        self.seeds: list[Seed] = []

    async def build(self) -> None:
        """Everything; the environment is at rest afterwards."""
        alice, bob = self.session.client("alice.phone"), self.session.client("bob.phone")
        for asking, accepting in ((alice, "bob"), (alice, "carol"), (alice, "amy"), (bob, "carol")):
            await self._connect(asking, accepting)
        room = await self._room()
        waiting = await self._room_with_a_proposal()
        attacks = Attacks(self.session, self.environment.keys)
        await attacks.end_a_group()
        theirs = await bob.perform(CreateGroup())
        await bob.perform(AddUsers(theirs, (alice.user,)))
        await self.session.settle()
        await bob.perform(Send(theirs, b"hello"))
        await self.session.settle()
        for client in self.session.clients:
            client.online = False
        self._learn_keys()
        await attacks.empty_a_stock()
        await self._operations(room, waiting)
        self._reinit(room)
        self._joiner(waiting)
        self._between_providers()
        for attack in (*await attacks.all(room, waiting), *await attacks.invitations()):
            self._sow_as(attack.name, attack.sender, attack.outgoing, attack.key, attack.code)
        await self._warm()
        self.environment.seeds = tuple(self.seeds)
        self.environment.remember()
        rows = {row.name: row for row in self.session.draft.endpoints}
        for seed in self.seeds:
            if (request := rows[seed.endpoint].request) is not None:
                self.environment.pool.learn(request.__wire__, seed.request)

    async def _connect(self, asking: Client, accepting: str) -> None:
        await asking.request_connection(self.session.user(accepting).uri)
        await self.session.settle()
        for client in self.session.user(accepting).clients:
            await client.accept_connection(asking.user)
        await self.session.settle()

    async def _room(self) -> str:
        """A group of alice with two clients, bob with three and carol; epochs have come and gone in it."""
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

    async def _room_with_a_proposal(self) -> str:
        """A group in which bob's tablet asks to leave, and amy is invited and has not joined."""
        alice = self.session.client("alice.phone")
        room = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(room, (self.session.user("bob").uri,)))
        await self.session.settle()
        self.session.client("amy").online = False
        await alice.perform(AddUsers(room, (self.session.user("amy").uri,)))
        await self.session.settle()
        await self.session.client("bob.tablet").perform(Leave(room))
        await self.session.settle()
        return room

    def _learn_keys(self) -> None:
        for client in self.session.clients:
            for view in client.groups.values():
                identity = view.identity
                self.environment.keys[identity.signature_public_key] = identity.signature_private_key
                self.environment.views.setdefault(view.group_id, {})[client.uri.encode()] = view
        for provider in self.session.providers:
            self.environment.signs[provider.name] = provider.executor.do(provider_keys.sign_as_provider)

    async def _operations(self, room: str, waiting: str) -> None:
        client, user = self.session.client, self.session.user
        planned: list[tuple[Client, Operation]] = [
            (client("alice.phone"), CreateGroup()),
            (client("alice.phone"), CreateGroup(CONNECTION)),
            (client("alice.phone"), AddUsers(room, (user("amy").uri,))),
            (client("alice.phone"), AddClients(room, (client("alice.tablet").uri,))),
            (client("bob.phone"), RemoveUsers(room, (user("carol").uri,))),
            (client("bob.phone"), RemoveClients(room, (client("bob.laptop").uri,))),
            (client("alice.phone"), DeleteGroup(room)),
            (client("carol"), Leave(room)),
            (client("bob.phone"), UpdateClient(room)),
            (client("alice.phone"), UpdateClient(waiting)),
            (client("alice.tablet"), ExternalJoin(room)),
            (client("bob.laptop"), ExternalJoin(room)),
            (client("bob.laptop"), Send(room, b"hello again")),
        ]
        for actor, operation in planned:
            prepared = await actor.prepare(operation)
            self._sow(type(operation).__name__, actor, prepared.outgoing)
        for name, uri in (("RequestGroupId", "alice.phone"), ("FetchJoinInfo", "bob.laptop")):
            command = commands.RequestGroupId() if name == "RequestGroupId" else commands.FetchJoinInfo(room.encode())
            self._write(name, client(uri), command, None)

    def _reinit(self, room: str) -> None:
        alice, provider = self.session.client("alice.phone"), self.session.provider("a")
        key = provider.executor.do(provider_keys.published).public_key
        extensions = context_extensions(self.session.draft.version, "a.example", key)
        successor = ReInit(group("a.example", "successor"), 1, self.suite.value, extensions)
        bundle = alice.groups[room].commit((successor,), SeededRand(1, "reinit"), NOW)
        info = bundle.group_info
        update = commands.GroupUpdate(bundle.message, info.extensions, info.signature)
        self._write(
            "ReInitializeGroup", alice, commands.ReInitializeGroup(update), AsMember(alice.groups[room].own_index)
        )

    def _joiner(self, waiting: str) -> None:
        """What amy asks before she joins by the Welcome in her queue."""
        amy, home = self.session.client("amy"), self.session.provider("a").client_api
        queued = next(queued for queued in home.fetch(amy.uri) if queued.group_id == waiting.encode())
        (message,) = amy.state.draft.read_message(queued).messages
        welcome = message.body
        assert isinstance(welcome, Welcome)
        command = commands.FetchTree(queued.group_id, self.session.client("alice.phone").groups[waiting].epoch)
        self._write("FetchTree", amy, command, AsInvited(welcome.secrets[0].new_member))

    def _between_providers(self) -> None:
        """What the providers have asked each other so far, each kind of message once per direction."""
        rows = {row.name: row for row in self.session.draft.endpoints}
        found: dict[tuple[str, str, str], Seed] = {}
        for exchange in self.session.recorder.exchanges:
            request = rows[exchange.endpoint].request
            if request in (None, DSRequest) or exchange.status != 200:
                continue
            asked = decode(request, exchange.request)
            recipient = exchange.recipient.removeprefix("ds.")
            name = " ".join([exchange.endpoint, _message_kind(asked)]).strip()
            place = (name, exchange.sender, recipient)
            found.setdefault(place, Seed(name, exchange.endpoint, exchange.sender, recipient, asked))
        self.seeds += [found[place] for place in sorted(found)]
        clients = tuple(client.uri for client in self.session.user("alice").clients[:2])
        fetch = commands.FetchKeyPackages(self.session.user("bob").uri, clients, REGULAR)
        outgoing = self.session.draft.write_fetch(fetch, Requester("b.example", self.environment.signs["b.example"]))
        self._sow("group_key_packages clients", None, outgoing, "b.example")

    def _write(self, name: str, client: Client, command: commands.GroupCommand, auth: Asker | None) -> None:
        identity = next(iter(client.groups.values())).identity
        outgoing = self.session.draft.write(
            command,
            sender=parse_client(client.uri).provider,
            recipient="a.example",
            sign=signer(self.suite, identity.signature_private_key),
            asker=auth or AsClient(identity.signature_public_key, identity.credential),
        )
        self._sow(name, client, outgoing)

    def _sow(self, name: str, client: Client | None, outgoing: Outgoing, sender: str = "") -> None:
        key = None
        if client is not None:
            sender = parse_client(client.uri).provider
            key = next(iter(client.groups.values())).identity.signature_private_key
        self._sow_as(name, sender, outgoing, key)

    def _sow_as(self, name: str, sender: str, outgoing: Outgoing, key: bytes | None, code: Code | None = None) -> None:
        self.seeds.append(Seed.of(name, sender, outgoing, key, code))

    async def _warm(self) -> None:
        """Everybody knows where everybody is and how they sign: a case has nothing to learn."""
        for one in self.session.providers:
            for other in self.session.providers:
                await one.peers.hosts(other.name)
                await one.keys.of(other.name)


def _message_kind(request: object) -> str:
    message = getattr(getattr(request, "signed", None), "message", None)
    body = getattr(message, "body", None)
    if isinstance(body, PublicMessage):
        return type(body.content.content).__name__
    return "" if body is None else type(body).__name__
