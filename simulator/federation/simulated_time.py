"""Simulated time: passes where a network model says that something takes time, and one thing happens at a time.

When nothing moves in the whole federation, time passes to the next instant at which something was to happen: an arrival
or what the clock was asked for. That one thing happens, and whatever follows from it at this instant; only then time
passes on. So real HTTP is never cut short, and what races in simulated time is the same in every run with one seed.

What moves is counted: requests and what they cause by the providers, what users do by `act` and `side_by_side`, and the
clients' reading by this class. A client reads what has come to its provider at the instant at which it comes, unless it
is offline or in the midst of something of its own: then once it is done with that.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from random import Random
from typing import TypeVar

import trio

from simulator.clients import Client
from simulator.federation.reading import read_queue
from simulator.federation.user import User
from simulator.machine import MachineFailure
from simulator.net import TransportError
from simulator.net.clock import NANOSECONDS
from simulator.net.links import Arrivals
from simulator.provider import ManualClock, WorkTracker
from simulator.services.refusal import Refusal

T = TypeVar("T")


class SimulatedTime:
    """Lets the time of one federation pass, while `run` runs."""

    def __init__(self, clock: ManualClock, work_tracker: WorkTracker, arrivals: Arrivals, seed: int) -> None:
        self._seed = seed
        self._clock = clock
        self._work_tracker = work_tracker
        self._arrivals = arrivals
        self._quiet: dict[Client, int] = {}
        """The clients whose last reading brought nothing, and how much was left in their queues."""
        self._end: int | None = None
        """Until when time is to pass, also where nobody waits for an arrival."""
        self._awake = trio.Event()
        self._still = trio.Event()
        work_tracker.woken = self._wake

    def draws(self, purpose: str) -> Random:
        """Random numbers for a purpose, the same in every run with one seed."""
        return Random(f"{self._seed} {purpose}")  # noqa: S311 (all of it is to come again)

    async def run(self, users: Callable[[], Sequence[User]]) -> None:
        """Let time pass until cancelled; `users` are those whose clients read."""
        async with trio.open_nursery() as nursery:
            while True:
                await self._work_tracker.idle()
                self._arrivals.arrange()
                if not (self._begins_reading(users(), nursery) or self._passes()):
                    self._awake = trio.Event()
                    self._still.set()
                    await self._awake.wait()

    async def settle(self) -> None:
        """Wait until everything has arrived, or waits for more than the network, and all have read what there is."""
        self._quiet.clear()
        self._still = trio.Event()
        with self._work_tracker.waiting():
            self._wake()
            await self._still.wait()

    async def advance(self, seconds: int) -> None:
        """Let time pass, and settle; what was to happen meanwhile happens at its own moment, and goes on from there."""
        await self.settle()
        self._end = self._clock.nanoseconds + seconds * NANOSECONDS
        await self.settle()

    async def act(self, action: Awaitable[T]) -> T:
        """Do what a user does: time stands still while it moves. Raises what it raises."""
        with self._work_tracker.working():
            return await action

    async def side_by_side(self, actions: Sequence[tuple[int, Callable[[], Awaitable[None]]]]) -> None:
        """Do what several users do, each so many nanoseconds from now; those of one instant in this order. Raises what
        they raise, in a group.
        """
        for _ in actions:
            self._work_tracker.begin()
        with self._work_tracker.waiting():
            async with trio.open_nursery() as nursery:
                for place, (after, action) in enumerate(actions):
                    nursery.start_soon(self._beside, place, after, action)

    async def _beside(self, place: int, after: int, action: Callable[[], Awaitable[None]]) -> None:
        try:
            with self._work_tracker.part():
                await self._arrivals.wait(("", f"{place:06}"), partial(_later, after))
                await action()
        finally:
            self._work_tracker.end()

    def _wake(self) -> None:
        self._awake.set()

    def _passes(self) -> bool:
        """Let time pass to the next thing that is to happen; whether there was one."""
        if self._arrivals.are_awaited or (self._end is not None and self._clock.has_until(self._end)):
            return self._clock.step()
        if self._end is not None:
            self._clock.advance_to(self._end)
            self._end = None
        return False

    def _begins_reading(self, users: Sequence[User], nursery: trio.Nursery) -> bool:
        """Let the first client read that has something to read; whether there was one."""
        for user, client in _clients(users):
            if not (client.is_idle or client.is_occupied) and self._may_bring(user, client):
                self._work_tracker.begin()
                nursery.start_soon(self._read, user, client)
                return True
        return False

    def _may_bring(self, user: User, client: Client) -> bool:
        """Whether reading may bring something: where it brought nothing, it is tried again when more has come, or with
        the next settling.
        """
        left = self._quiet.get(client)
        return left is None or (client.has_queued and _queued(user, client) > left)

    async def _read(self, user: User, client: Client) -> None:
        try:
            with self._work_tracker.part():
                brought = await read_queue(user, client)
            if brought:
                self._quiet.pop(client, None)
            else:
                self._quiet[client] = _queued(user, client)
        finally:
            self._work_tracker.end()


def _later(after: int, now: int) -> int:
    return now + after


def _queued(user: User, client: Client) -> int:
    """How much waits for a client, as far as its provider can tell now."""
    try:
        return user.provider.queued(client.uri)
    except (Refusal, TransportError, MachineFailure):
        return 0


def _clients(users: Sequence[User]) -> Iterator[tuple[User, Client]]:
    return ((user, client) for user in users for client in user.clients)
