"""Sets the scene with somebody else's server, as far as it plays along: what is asked of it is what is altered later.

Everything is done from outside: one of our users asks the server's for a connection, adds it to a group, joins the
groups that the file says are there. What the server does not take part in is noted, with its reason.
"""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

import trio

from simulator.clients import Client
from simulator.clients.events.events import Received
from simulator.clients.operations import (
    AddUsers,
    CreateGroup,
    ExternalJoin,
    Leave,
    Operation,
    Report,
    Send,
    UpdateClient,
)
from simulator.codec.declare import wire_of
from simulator.drafts.features import DraftFeature
from simulator.drafts.requests.endpoint import BadAnswer, NotOffered, Outgoing
from simulator.errors import SimulatorError
from simulator.fuzzing.environment import Environment, Seed
from simulator.fuzzing.external.exchange import PATIENCE
from simulator.fuzzing.external.server import ExternalServer, Gone
from simulator.fuzzing.scene import Scene
from simulator.fuzzing.whole_bodies import body_of
from simulator.net import Address, TransportError, why_unreachable
from simulator.scenario.steps.connect import until_agreed
from simulator.services.names import parse_client
from simulator.services.refusal import Code, Refusal

STEP_SECONDS = 20
"""For what the server is asked in the course of one step; then it is done without."""


class ExternalScene(Scene):
    """Who asks the server for what."""

    def __init__(self, environment: Environment, server: ExternalServer) -> None:
        super().__init__(environment)
        self.server = server
        self.undone: list[str] = []
        """What could not be done, and why."""
        self.urls: dict[int, str] = {}
        """By the number of a seed, where the server says that it is served."""
        self._theirs = next(user for user in self.session.everybody if user.at == server.name)

    async def build(self) -> None:
        """Everything that can be; the environment is at rest afterwards. Raises Gone."""
        await self._meet()
        clients = self.session.clients
        alice, others = clients[0], clients[1:]
        if self._has(DraftFeature.consent):
            await self._step(f"a connection with {self._theirs.name}", partial(self._ask, alice))
        if self._has(DraftFeature.groups):
            await self._step(f"a group with {self._theirs.name}", partial(self._our_group, alice, others))
        planned = []
        for there in self.server.external.groups:
            await self._step(f"joining {there.uri}", partial(self._join, there.uri, alice))
            if there.uri.encode() in {view.group_id for view in alice.groups.values()}:
                planned += list(self._planned_there(there.uri, alice, others))
        self._rest()
        for client, operation in planned:
            await self._step(f"{type(operation).__name__} there", partial(self._prepare, client, operation))
        self._questions()
        self._between_providers()
        found = [(seed, url) for seed in self.seeds if (url := await self._url(seed)) is not None]
        self.environment.seeds = tuple(seed for seed, _ in found)
        self.urls = {number: url for number, (_, url) in enumerate(found)}
        for seed in self.environment.seeds:
            self.environment.pool.learn(wire_of(type(seed.request)), seed.request)

    async def _meet(self) -> None:
        """Discovery, and the server's key in a draft in which it has one. Raises Gone."""
        external = self.server.external
        why = await why_unreachable(self.server.name, Address(external.address, external.port))
        if why is not None:
            raise Gone(why)
        draft = self.session.draft
        for provider in self.session.providers:
            with trio.move_on_after(PATIENCE) as limit:
                try:
                    await provider.peers.hosts(self.server.name)
                    if draft.provider_keys is not None:
                        await provider.keys.of(self.server.name)
                except TransportError as error:
                    raise Gone(f"{self.server.where} can't be asked where it serves: {error}") from None
                except (Refusal, BadAnswer) as error:
                    raise Gone(f"{self.server.where} does not speak {draft.name}: {error}") from None
            if limit.cancelled_caught:
                raise Gone(f"{self.server.where} has not told {provider.name} in {PATIENCE:g} s where it serves")

    async def _step(self, what: str, act: Callable[[], Awaitable[None]]) -> None:
        """Do it, or note why not."""
        with trio.move_on_after(STEP_SECONDS) as limit:
            try:
                await act()
                await self.session.settle()
            except SimulatorError as error:
                self.undone.append(f"{what}: {error}")
        if limit.cancelled_caught:
            self.undone.append(f"{what}: it takes longer than {STEP_SECONDS} s")

    async def _ask(self, alice: Client) -> None:
        await alice.request_connection(self._theirs.uri)
        await self.session.settle()
        if not self._theirs.agrees:
            raise SimulatorError(f"{self.server.file.name} does not say that its users agree (`accepts: true`)")
        await until_agreed(self.session, alice, self._theirs)

    async def _our_group(self, alice: Client, others: tuple[Client, ...]) -> None:
        """A group of ours, in which their user is told something, and of changes that are yet to come."""
        room = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(room, (self._theirs.uri,)))
        await self.session.settle()
        for operation in (Send(room, b"hello"), UpdateClient(room)):
            await alice.perform(operation)
            await self.session.settle()
        for operation in (Send(room, b"hello again"), UpdateClient(room)):
            await self._prepare(alice, operation)

    async def _join(self, room: str, alice: Client) -> None:
        """One of theirs."""
        await alice.perform(ExternalJoin(room))
        await self.session.settle()
        await alice.perform(Send(room, b"hello"))

    def _planned_there(
        self, room: str, alice: Client, others: tuple[Client, ...]
    ) -> Iterator[tuple[Client, Operation]]:
        """What our users may do in a group of theirs."""
        yield alice, Send(room, b"hello again")
        yield alice, UpdateClient(room)
        yield alice, Leave(room)
        for client in others[:1]:
            yield client, ExternalJoin(room)
        if self._has(DraftFeature.reports):
            heard = (event for event in alice.events if isinstance(event, Received) and event.evidence)
            for event in heard:
                yield alice, Report(room, event.sender, (event.evidence,), "rude")

    async def _prepare(self, client: Client, operation: Operation, code: Code | None = None) -> None:
        """What the server is asked for it, or told about it where the hub is ours."""
        outgoing, name = (await client.prepare(operation)).outgoing, type(operation).__name__
        self._sow(name, parse_client(client.uri).provider, outgoing, client, code)
        if outgoing.recipient != self.server.name:
            for news in self.environment.own.news(outgoing, (self.server.name,)):
                self._sow(f"{news.name} of {name}", news.sender, news.outgoing, None)

    def _questions(self) -> None:
        """Those of one of our users about theirs: they are put to the server."""
        users: dict[str, str] = {user.name: user.uri for user in self.session.everybody}
        users |= {"alice": self.session.users[0].uri, "bob": self._theirs.uri}
        for question in self.environment.own.questions(users):
            self._sow(question.name, question.sender, question.outgoing, None)

    async def _url(self, seed: Seed) -> str | None:
        """Where the server has it; None for what is no request of ours to an endpoint of the server's."""
        ours = {provider.name: provider for provider in self.session.providers}
        if seed.recipient != self.server.name or seed.sender not in ours:
            return None
        row = next(row for row in self.session.draft.endpoints if row.name == seed.endpoint)
        outgoing = Outgoing(seed.name, row, seed.recipient, body_of(seed.request), seed.variables, seed.headers)
        try:
            return await ours[seed.sender].peers.url(outgoing)
        except NotOffered as error:
            self.undone.append(f"{seed.name}: {error}")
            return None
