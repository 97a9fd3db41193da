"""Sets the scene in any draft: groups in all states, and a request for each thing one can do there.

What is done follows from the features that the draft has, and from what it says of itself to fuzzers.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from simulator.clients import Client
from simulator.clients.consent_requests import NoRequest
from simulator.clients.events.events import Received
from simulator.clients.operations import (
    AddClients,
    AddUsers,
    ChangeGroup,
    CreateGroup,
    DeleteGroup,
    ExternalJoin,
    Leave,
    Operation,
    RemoveClients,
    RemoveUsers,
    Report,
    Send,
    UpdateClient,
)
from simulator.codec import decode
from simulator.codec.declare import wire_of
from simulator.drafts.features import DraftFeature
from simulator.drafts.mls_profile import CONNECTION, REGULAR, NewGroup
from simulator.drafts.requests.endpoint import Outgoing
from simulator.drafts.requests.requester import Requester
from simulator.fuzzing.attacks import Attacks
from simulator.fuzzing.environment import NOW, PROVIDERS, Environment, Seed
from simulator.fuzzing.whole_bodies import ITEMS, Several, body_of, framed, request_struct
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import ReInit
from simulator.services import commands
from simulator.services.asker import AsClient, AsInvited, Asker, AsMember
from simulator.services.names import group, parse_client
from simulator.services.refusal import Code
from simulator.services.signing import signer

HUB = PROVIDERS[0]
"""Of all groups but one."""
AGAIN = " again"
"""At the end of the name of a request that was made before."""


class Scene:
    """Who is connected, which groups there are, and a request for each thing one can do there."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.session = environment.session
        self.suite = cipher_suite(environment.kind.suite)
        self.seeds: list[Seed] = []

    async def build(self) -> None:
        """Everything; the environment is at rest afterwards."""
        alice, bob = self.session.client("alice.phone"), self.session.client("bob.phone")
        if self._has(DraftFeature.consent):
            for asking, accepting in ((alice, "bob"), (alice, "carol"), (alice, "amy"), (bob, "carol")):
                await self._connect(asking, accepting)
        if self._has(DraftFeature.groups):
            await self._build_groups(alice, bob)
        else:
            self._rest()
            self._questions()
            self._between_providers()
        await self._warm()
        self.environment.remember()
        await self._keep_what_is_taken()
        self.environment.seeds = tuple(self.seeds)
        for seed in self.seeds:
            self.environment.pool.learn(wire_of(type(seed.request)), seed.request)

    async def _build_groups(self, alice: Client, bob: Client) -> None:
        """Groups in all states, and what can be asked about them."""
        room, waiting = await self._room(), await self._room_with_a_proposal()
        attacks = Attacks(self.session, self.environment.keys) if self._has(*Attacks.needs) else None
        if attacks is not None:
            await attacks.end_a_group()
        theirs = await self._their_room(alice, bob)
        self._rest()
        if attacks is not None:
            await attacks.empty_a_stock()
        await self._operations(room, waiting, theirs)
        self._commands(room, waiting)
        self._questions()
        self._between_providers()
        if attacks is not None:
            for attack in (*await attacks.all(room, waiting), *await attacks.invitations()):
                self.seeds.append(Seed.of(attack.name, attack.sender, attack.outgoing, attack.key, attack.code))

    def _rest(self) -> None:
        """Nobody does anything from now on; what everybody knows is known to who forges."""
        for client in self.session.clients:
            client.online = False
        self._learn_keys()

    def _has(self, *features: DraftFeature) -> bool:
        return self.session.draft.lacking(features) is None

    async def _connect(self, asking: Client, accepting: str) -> None:
        await asking.request_connection(self.session.user(accepting).uri)
        await self.session.settle()
        for client in self.session.user(accepting).clients:
            with suppress(NoRequest):  # one client's answer may be the user's
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
        await alice.perform(AddUsers(room, (self.session.user("bob").uri, self.session.user("carol").uri)))
        await self.session.settle()
        self.session.client("amy").online = False
        await alice.perform(AddUsers(room, (self.session.user("amy").uri,)))
        await self.session.settle()
        await self.session.client("bob.tablet").perform(Leave(room))
        await self.session.settle()
        return room

    async def _their_room(self, alice: Client, bob: Client) -> str:
        """A group whose hub is bob's provider."""
        room = await bob.perform(CreateGroup())
        await bob.perform(AddUsers(room, (alice.user,)))
        await self.session.settle()
        for client in (bob, alice):
            await client.perform(Send(room, b"hello"))
            await self.session.settle()
        return room

    def _learn_keys(self) -> None:
        for client in self.session.clients:
            for view in client.groups.values():
                identity = view.identity
                self.environment.keys[identity.signature_public_key] = identity.signature_private_key
                self.environment.views.setdefault(view.group_id, {})[client.uri.encode()] = view
        for provider in self.session.providers:
            self.environment.signs[provider.name] = provider.executor.do(self.environment.own.sign)

    async def _operations(self, room: str, waiting: str, theirs: str) -> None:
        for name, operation in self._planned(room, waiting, theirs):
            await self._prepare(self.session.client(name), operation)
        for change in self.environment.own.changes:
            roles = {self.session.user(name).uri: role for name, role in change.roles.items()}
            operation = ChangeGroup(room, roles, change.settings)
            await self._prepare(self.session.client("alice.phone"), operation, change.code)

    def _planned(self, room: str, waiting: str, theirs: str) -> Iterator[tuple[str, Operation]]:
        """Who does what."""
        client, user = self.session.client, self.session.user
        yield "alice.phone", CreateGroup()
        if self._has(DraftFeature.connection_groups):
            yield "alice.phone", CreateGroup(CONNECTION)
        yield "alice.phone", AddUsers(room, (user("amy").uri,))
        yield "alice.phone", AddClients(room, (client("alice.tablet").uri,))
        yield "bob.phone", RemoveClients(room, (client("bob.laptop").uri,))
        yield ("alice.phone" if self._has(DraftFeature.roles) else "bob.phone"), RemoveUsers(room, (user("carol").uri,))
        if self._has(DraftFeature.delete_group):
            yield "alice.phone", DeleteGroup(room)
        yield "carol", Leave(room)
        yield "bob.phone", UpdateClient(room)
        yield "alice.phone", UpdateClient(waiting)
        yield "alice.tablet", ExternalJoin(room)
        yield "bob.laptop", ExternalJoin(room)
        yield "bob.laptop", Send(room, b"hello again")
        yield "alice.phone", Send(theirs, b"hello again")
        if self._has(DraftFeature.roles):
            yield "carol", ExternalJoin(waiting)
            yield "alice.laptop", ExternalJoin(theirs)
        if self._has(DraftFeature.reports):
            heard = (event for event in client("bob.phone").events if isinstance(event, Received) and event.evidence)
            yield "bob.phone", Report(room, user("carol").uri, (next(heard).evidence,), "rude")

    async def _prepare(self, client: Client, operation: Operation, code: Code | None = None) -> None:
        outgoing, name = (await client.prepare(operation)).outgoing, type(operation).__name__
        self._sow(name, parse_client(client.uri).provider, outgoing, client, code)
        followers = PROVIDERS[1:] if outgoing.recipient == HUB else (HUB,)
        for news in self.environment.own.news(outgoing, followers):
            self._sow(f"{news.name} of {name}", news.sender, news.outgoing, None)

    def _commands(self, room: str, waiting: str) -> None:
        """What clients ask in the course of an operation, where the draft has a request for it."""
        alice, laptop = self.session.client("alice.phone"), self.session.client("bob.laptop")
        self._write("RequestGroupId", alice, commands.RequestGroupId(), None)
        if self._has(DraftFeature.open_join_info):
            self._write("FetchJoinInfo", laptop, commands.FetchJoinInfo(room.encode()), None)
        if self._has(DraftFeature.re_initialize_group):
            self._reinit(alice, room)
        self._joiner(waiting)
        if self.session.draft.client_by_client:
            clients = tuple(client.uri for client in self.session.user("alice").clients[:2])
            fetch = commands.FetchKeyPackages(self.session.user("bob").uri, clients, REGULAR)
            asking = Requester(PROVIDERS[1], self.environment.signs[PROVIDERS[1]])
            self._sow("KeyPackages of clients", PROVIDERS[1], self.session.draft.write_fetch(fetch, asking), None)

    def _reinit(self, alice: Client, room: str) -> None:
        successor, mls = group(HUB, "successor"), self.session.draft.mls
        new = NewGroup(successor, alice.uri, HUB, alice.state.home.hub_keys)
        reinit = ReInit(successor, 1, self.suite.value, mls.context_extensions(new))
        bundle = alice.groups[room].commit((reinit,), SeededRand(1, "reinit"), NOW)
        info = bundle.group_info
        update = commands.GroupUpdate(bundle.message, info.extensions, info.signature)
        asker = AsMember(alice.groups[room].own_index)
        self._write("ReInitializeGroup", alice, commands.ReInitializeGroup(update), asker)

    def _joiner(self, waiting: str) -> None:
        """What amy asks before she joins by the Welcome in her queue."""
        amy, home = self.session.client("amy"), self.session.provider(HUB).client_api
        epoch = self.session.client("alice.phone").groups[waiting].epoch
        for queued in home.fetch(amy.uri):
            for message in amy.state.draft.read_message(queued).messages:
                if queued.group_id == waiting.encode() and isinstance(message.body, Welcome):
                    asker = AsInvited(message.body.secrets[0].new_member)
                    self._write("FetchTree", amy, commands.FetchTree(queued.group_id, epoch), asker)

    def _write(self, name: str, client: Client, command: commands.GroupCommand, asker: Asker | None) -> None:
        identity = client.state.identity
        with suppress(TypeError):  # there is no request for it
            outgoing = self.session.draft.write(
                command,
                sender=parse_client(client.uri).provider,
                recipient=HUB,
                sign=signer(self.suite, identity.signature_private_key),
                asker=asker or AsClient(identity.signature_public_key, identity.credential),
            )
            self._sow(name, parse_client(client.uri).provider, outgoing, client)

    def _questions(self) -> None:
        users = {user.name: user.uri for user in self.session.users}
        for question in self.environment.own.questions(users):
            self._sow(question.name, question.sender, question.outgoing, None)

    def _between_providers(self) -> None:
        """What the providers have asked each other so far, each kind of thing once per direction."""
        rows = {row.name: row for row in self.session.draft.endpoints}
        hosts = {peer.service_host: peer.name for peer in self.session.peers}
        found: dict[tuple[str, ...], Seed] = {}
        for exchange in self.session.recorder.exchanges:
            row = rows[exchange.endpoint]
            kind = request_struct(row)
            if kind is None or exchange.status != row.success or exchange.refused:
                continue
            asked: Any = decode(kind, framed(row, exchange.request))
            name = f"{exchange.operation or exchange.endpoint}{AGAIN}"
            to = exchange.provider or hosts.get(exchange.recipient, exchange.recipient)
            sender = self.session.draft.sender
            said = {header for header, _ in sender.headers(HUB)} if sender is not None else set()
            headers = tuple(header for header in exchange.request_headers if header[0].lower() in said)
            seed = Seed(name, row.name, exchange.sender, to, asked, None, None, exchange.variables, headers)
            found.setdefault((name, kinds_in(asked), exchange.sender, to), seed)
        self.seeds += [found[place] for place in sorted(found)]
        self.seeds += _together(self.seeds)

    async def _keep_what_is_taken(self) -> None:
        """Of what has been asked before, that which is taken once more: what a client has signed for an epoch that is
        past is not. Each endpoint has answered on the record then.
        """
        kept, answered = [], set[str]()
        for seed in self.seeds:
            again = seed.code is None and seed.name.endswith(AGAIN)
            if again or (seed.code is None and seed.endpoint not in answered):
                reply = await self.environment.send(seed.shot(body_of(seed.request)))
                answered.add(seed.endpoint)
                if reply.error is None:
                    await self.environment.restore()
                elif again:
                    continue
            kept.append(seed)
        self.seeds = kept

    def _sow(self, name: str, sender: str, outgoing: Outgoing, client: Client | None, code: Code | None = None) -> None:
        """Nothing is made of what a client asks its own provider only."""
        if outgoing.endpoint.name not in {row.name for row in self.session.draft.endpoints}:
            return
        key = None if client is None else client.state.identity.signature_private_key
        self.seeds.append(Seed.of(name, sender, outgoing, key, code))

    async def _warm(self) -> None:
        """Everybody knows where everybody is and how they sign: a case has nothing to learn."""
        for one in self.session.providers:
            for other in self.session.providers:
                await one.peers.hosts(other.name)
                if self.session.draft.provider_keys is not None:
                    await one.keys.of(other.name)


def kinds_in(request: Any) -> str:
    """What kinds of messages are in a request, where it brings any."""
    kinds = []
    for each in getattr(request, ITEMS, (request,)):
        signed = getattr(each, "signed", each)
        body = getattr(getattr(signed, "message", None), "body", None)
        content = getattr(getattr(body, "content", None), "content", None)
        kinds.append(type(body if content is None else content).__name__)
    return " ".join(kinds)


def _together(seeds: list[Seed]) -> list[Seed]:
    """Requests of several structs about one thing, for one provider, in one body."""
    groups: dict[tuple[object, ...], list[Seed]] = {}
    for seed in seeds:
        if isinstance(seed.request, Several):
            place = (seed.endpoint, seed.sender, seed.recipient, *seed.variables.values())
            groups.setdefault(place, []).append(seed)
    return [
        replace(first, name=f"{first.endpoint} together", request=replace(first.request, items=_all_of([first, *more])))
        for first, *more in groups.values()
        if more
    ]


def _all_of(seeds: list[Seed]) -> tuple[object, ...]:
    return tuple(item for seed in seeds for item in seed.request.items)
