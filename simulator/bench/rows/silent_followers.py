"""Whether followers that take requests and never answer delay the others."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import field

import trio

from simulator.bench.federations import CREATOR, Team, team
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Side, Stopwatch, Take
from simulator.clients.operations import Send
from simulator.dataclass import dataclass
from simulator.federation import Session
from simulator.net import HTTPReply, HTTPRequest, Server, listening_socket, serve
from simulator.net.failpoint import Failpoint

FOLLOWERS = 20
SILENT = (1, 10, 20)
"""The numbers of those that are: the first, the last and one in the midst."""
_MESSAGES = 3
"""In one sample."""


@dataclass(slots=True, eq=False)
class Arrivals:
    """Who has committed a message that is waited for."""

    names: frozenset[str]
    """Those whose arrivals count."""
    _missing: set[str] = field(default_factory=set)
    _over: trio.Event = field(default_factory=trio.Event)

    def watch(self, session: Session) -> None:
        """Learn of each commit."""
        for provider in session.providers:
            if provider.name in self.names:
                provider.crash_at(self, self._heard(provider.name))

    async def of(self, group: Team) -> None:
        """Send a message, and wait until all have it. Who is silent is still being asked then."""
        self._missing, self._over = set(self.names), trio.Event()
        await group.session.client(CREATOR).perform(Send(group.group, b"hello"))
        await self._over.wait()

    def _heard(self, name: str) -> Callable[[Failpoint, str], bool]:
        def passed(point: Failpoint, _: str) -> bool:
            if point is Failpoint.COMMITTED:
                self._missing.discard(name)
                if not self._missing:
                    self._over.set()
            return False

        return passed


@asynccontextmanager
async def with_silent(*, silent: bool) -> AsyncIterator[tuple[Team, Arrivals]]:
    """A group of all, of whose followers three answer nothing from now on if so wanted; the arrivals at all others."""
    numbers = [number for number in range(1, FOLLOWERS + 1) if number not in SILENT]
    arrivals = Arrivals(frozenset(map(_name, numbers)))
    async with team(FOLLOWERS) as group, trio.open_nursery() as nursery:
        arrivals.watch(group.session)
        for number in SILENT if silent else ():
            await _silence(group.session, _name(number), nursery)
        yield group, arrivals
        nursery.cancel_scope.cancel()


def delivered(*, silent: bool) -> Side:
    """Milliseconds from a message until the last of those that answer has it."""

    @asynccontextmanager
    async def side(_: Scale) -> AsyncIterator[Take]:
        async with with_silent(silent=silent) as (group, arrivals):

            async def take() -> Sample:
                watch = Stopwatch()
                for _ in range(_MESSAGES):
                    with watch.running():
                        await arrivals.of(group)
                return watch.per(_MESSAGES)

            yield take

    return side


async def _silence(session: Session, name: str, nursery: trio.Nursery) -> None:
    """Put a server in a provider's place that takes every request and never answers."""

    async def silent(_: HTTPRequest) -> HTTPReply:
        await trio.sleep_forever()

    context = session.authority.server_context(session.provider(name).identity)

    async def run(*, task_status: trio.TaskStatus[Server]) -> None:
        ready = [listening_socket()]
        await serve(ready, context, silent, name=name, report=lambda _: None, task_status=task_status)

    server: Server = await nursery.start(run)
    for host in (name, session.provider(name).service_host):
        session.network.bind(host, server.addresses[0])


def _name(number: int) -> str:
    return f"f{number:03}.example"


ROWS = (
    Row(
        id="fanout-silent",
        work=f"one message to {FOLLOWERS} followers of whom {len(SILENT)} never answer, until all others have it",
        unit="ms",
        ours=delivered(silent=True),
        baseline=delivered(silent=False),
        against="all of them answer",
        goal=0.8,
    ),
)
