"""The operator: acts as the users of a running federation, for whoever asks, each client one thing at a time."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from math import inf

import trio

from simulator.clients import Client
from simulator.clients.operations import Operation
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.errors import SimulatorError, nearest
from simulator.federation.session import Session, UnknownName
from simulator.federation.user import User
from simulator.machine import MachineFailure
from simulator.net import TransportError
from simulator.net.faults import Fault, Injected
from simulator.provider import Provider
from simulator.services.names import user_provider
from simulator.services.refusal import Refusal

TIMEOUT = 5.0
"""Seconds for which an action waits for what comes before it, and for what follows from it: a peer that does not answer
must not hold up the answer."""


class NotFound(SimulatorError):
    """Nothing is called that; `nearest` is what was probably meant, if anything is near."""

    def __init__(self, message: str, name: str, known: Iterable[str]) -> None:
        super().__init__(message)
        self.nearest = nearest(name, known)


class Operator:
    """Acts in a session.

    A client that acts has read its queue before: otherwise it would act in an epoch that is over.
    """

    def __init__(self, session: Session, *, timeout: float = TIMEOUT) -> None:
        self.session = session
        self._timeout = timeout
        self._faults: dict[int, Injected] = {}
        self._count = 0
        self._turns: defaultdict[str, trio.Lock] = defaultdict(trio.Lock)
        self._maintained: dict[str, trio.CancelScope] = {}

    def client(self, name: str) -> Client:
        """A client of ours. Raises NotFound and Unsupported."""
        try:
            return self.session.client(name)
        except UnknownName as error:
            raise NotFound(str(error), name, self._names()) from error

    def provider(self, name: str) -> Provider:
        """A provider that we run. Raises NotFound and Unsupported."""
        try:
            return self.session.provider(name)
        except UnknownName as error:
            raise NotFound(str(error), name, [each.name for each in self.session.providers]) from error

    def user(self, name: str) -> User:
        """A user of the topology. Raises NotFound."""
        try:
            return self.session.user(name)
        except UnknownName as error:
            raise NotFound(str(error), name, [user.name for user in self.session.users]) from error

    def user_uri(self, name: str) -> str:
        """The URI of a user of the topology, or the URI that `name` is. Raises NotFound and BadName."""
        if not name.startswith("mimi://"):
            return self.user(name).uri
        user_provider(name)
        return name

    def user_uris(self, names: Sequence[str]) -> tuple[str, ...]:
        """The URIs of users. Raises NotFound and BadName."""
        return tuple(self.user_uri(name) for name in names)

    def first_client(self, user: str) -> str | None:
        """The URI of the first client of the user with this URI; None where that is not at a provider that we run."""
        return next((ours.clients[0].uri for ours in self.session.users if ours.uri == user), None)

    @asynccontextmanager
    async def acting(self, name: str) -> AsyncIterator[Client]:
        """A client, its queue read as far as there is time, for the time of a `with` block; nobody else acts as it
        meanwhile.

        Raises NotFound and Unsupported.
        """
        client = self.client(name)
        maintained = self._maintained.get(client.uri)
        if maintained is not None:
            maintained.deadline = min(maintained.deadline, trio.current_time() + self._timeout)
        async with self._turns[client.uri]:
            with trio.move_on_after(self._timeout):
                await _read(client)
            yield client

    async def maintain(self, name: str, further: Callable[[Client], Awaitable[None]]) -> None:
        """Let a client that nobody acts as read its queue, and then do something further. Both are cancelled when
        somebody who wants to act as it waits no longer: a hub that does not answer must not hold up what has to do
        with others.

        Raises NotFound and Unsupported, and as `further` does.
        """
        client = self.client(name)
        turn = self._turns[client.uri]
        async with turn:
            with trio.move_on_after(self._timeout if turn.statistics().tasks_waiting else inf) as scope:
                self._maintained[client.uri] = scope
                try:
                    await _read(client)
                    await further(client)
                finally:
                    del self._maintained[client.uri]

    async def perform(self, name: str, operation: Operation) -> str:
        """Let a client carry out an operation, and what follows from it happen; the URI of the group it was about.

        Raises NotFound, and as `Client.perform` does.
        """
        async with self.acting(name) as client:
            group = await client.perform(operation)
        await self.rest()
        return group

    def inject(self, fault: Fault) -> int:
        """Put a fault into force; its number, counted from 1. Raises UnknownName."""
        self._count += 1
        self._faults[self._count] = self.session.inject(fault)
        return self._count

    async def repair(self, number: int | None) -> None:
        """Remove a fault, or all of them; then start what is down. Raises NotFound, and MachineFailure for the first
        provider that can't be started; the others are up then.
        """
        if number is None:
            self.session.repair()
            self._faults.clear()
        elif number in self._faults:
            self._faults.pop(number).remove()
        else:
            raise NotFound(f"no fault {number} is in force", str(number), map(str, self._faults))
        failures: list[MachineFailure] = []
        for provider in self.session.providers:
            try:
                await provider.start()
            except MachineFailure as failure:
                failures.append(failure)
        if failures:
            raise failures[0]

    async def rest(self) -> None:
        """Wait until nothing is under way between our providers, or until our time is up."""
        with trio.move_on_after(self._timeout):
            await self.session.rest()

    def _names(self) -> list[str]:
        return [name for user in self.session.users for name in (user.name, *(c.name for c in user.clients))]


async def _read(client: Client) -> None:
    """Let a client read its queue; what can't be read yet stays there until the next time."""
    try:
        await client.sync()
    except (TransportError, BadAnswer, Refusal):
        return
