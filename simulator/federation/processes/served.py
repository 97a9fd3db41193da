"""What a process does for whoever acts in the federation: its share of the session, by name."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import trio

from simulator.clients import Client
from simulator.federation.processes.failure import Failure
from simulator.federation.processes.messages import CLIENT, PROVIDER, Fault, News, Target
from simulator.federation.processes.turn import Turn, keep_to
from simulator.federation.session import Session
from simulator.net import Address
from simulator.net.faults import Fault as NetworkFault
from simulator.net.faults import Injected
from simulator.provider import Counts
from simulator.trace import Recorded

STILL_SECONDS = 0.1
"""How long a process that has work waits before it says so."""


class ServedShare:
    """A share of a federation. What is not here of a session is asked of its clients and providers themselves."""

    def __init__(self, session: Session, notify: Callable[[Fault], None]) -> None:
        self.session = session
        self._turn = Turn()
        self._faults: dict[int, Injected] = {}
        for client in session.clients:
            keep_to(self._turn, client)
        for name, log in zip(self._logs(), session.fault_logs, strict=True):
            for error in log:
                self._tell(notify, name, error)
            log.heard_by = partial(self._tell, notify, name)

    @staticmethod
    def _tell(notify: Callable[[Fault], None], name: str, error: Exception) -> None:
        notify(Fault(name, Failure.of(error)))

    def _logs(self) -> Iterable[str]:
        """Whose fault logs the session's are: a shared host's is its first provider's."""
        yield from (provider.name for provider in self.session.providers)
        for host in self.session.shared_hosts:
            yield next(provider.name for provider in self.session.providers if host.shows(provider))

    def find(self, target: Target) -> Any:
        """Who is meant."""
        sort, name = target
        if sort == CLIENT:
            return self.session.client(name)
        return self.session.provider(name) if sort == PROVIDER else self

    def addresses(self) -> Mapping[str, Address | None]:
        """Where its providers and their service hosts are."""
        names = [name for each in self.session.providers for name in (each.name, each.service_host)]
        return {name: self.session.network.lookup(name) for name in names}

    def meet(self, addresses: Mapping[str, Address]) -> None:
        """Know where the providers of other processes are."""
        for name, address in addresses.items():
            if not self.session.network.knows(name):
                self.session.network.bind(name, address)

    def move(self, addresses: Mapping[str, Address]) -> None:
        """Providers of another process are somewhere else now."""
        for name, address in addresses.items():
            self.session.network.bind(name, address)

    def enter(self, step: str | None, number: int) -> None:
        """A step begins."""
        self.session.recorder.enter(step, number)

    def processor_seconds(self) -> float:
        """What this process has taken of the processor so far."""
        return time.process_time()

    def recorded(self) -> Recorded:
        """What the recorder has got since the last time."""
        return self.session.recorder.take()

    async def counts(self) -> Counts:
        """How much is under way: as soon as that is nothing, or in a moment."""
        with trio.move_on_after(STILL_SECONDS):
            await self.session.work_tracker.idle()
        return self.session.work_tracker.counts

    async def read_queues(self, known: Sequence[int]) -> tuple[bool, dict[str, News]]:
        """Let all clients read their queues, in order; whether there was anything, and what they noticed beyond the
        events that are `known` of each.
        """
        with self._turn.awaited():
            found = await self.session.read_queues()
        clients = self.session.clients
        return found, {c.uri: news(c, n) for c, n in zip(clients, known, strict=True) if c.events.total > n}

    def take_turn(self) -> None:
        """All processes before have ended reading their queues."""
        self._turn.come()

    def advance(self, seconds: int) -> None:
        """Let protocol time pass."""
        self.session.advance(seconds)

    def waive(self, rules: Sequence[str], by: Sequence[str]) -> None:
        """Let some of its providers not keep rules any more."""
        self.session.waive(rules, [self.session.provider(name) for name in by])

    def inject(self, number: int, fault: NetworkFault) -> None:
        """Put a fault into force, for the requests that its providers send."""
        self._faults[number] = self.session.network.faults.inject(fault)

    def remove(self, number: int) -> None:
        """Remove it; nothing if that is done."""
        if number in self._faults:
            self._faults.pop(number).remove()


def news(client: Client, known: int) -> News:
    """What a client has noticed beyond the first `known` events."""
    log = client.events
    return News(log.total, log.messages_since(0)[1], log.since(known))
