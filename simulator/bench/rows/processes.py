"""What a federation gains that is parted among several processes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import process_time

import trio

from simulator.bench.federations import NOW
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Side, Stopwatch, Take
from simulator.clients import Client
from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.drafts.registry import usual
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.federation.processes import open_spread_session, running_processes
from simulator.federation.processes.spread_session import SpreadSession
from simulator.services.commands import SayConsent
from simulator.storage import ConsentWord

PROVIDERS, HUBS = 24, 12


def at_once(providers: int, hubs: int, processes: int) -> Side:
    """Milliseconds of the processor that the busiest process takes for each message at a follower: what all others do
    is done meanwhile, where there are as many cores. Users at so many `hubs` send one at the same time, each to its own
    group of all, and all read their queues.
    """

    @asynccontextmanager
    async def side(_: Scale) -> AsyncIterator[Take]:
        async with _opened(_topology(providers, hubs), processes) as session:
            groups = [await _group(session, user.clients[0]) for user in session.users[:: providers // hubs]]

            async def take() -> Sample:
                watch, before = Stopwatch(), _processor(session)
                with watch.running():
                    async with trio.open_nursery() as nursery:
                        for creator, group in groups:
                            nursery.start_soon(creator.perform, Send(group, b"hello"))
                    await session.settle()
                used = [after - earlier for after, earlier in zip(_processor(session), before, strict=True)]
                return Sample(max(used) * 1000 / (len(groups) * (providers - 1)), sum(used), watch.wall)

            yield take

    return side


def _processor(session: Session) -> list[float]:
    """The seconds of the processor that each process has taken so far."""
    others = session.processes if isinstance(session, SpreadSession) else ()
    return [process_time(), *(process.processor_seconds() for process in others)]


def _topology(providers: int, hubs: int) -> Topology:
    specs = tuple(ProviderSpec(f"p{number:03}.example", {f"u{number}": ("phone",)}) for number in range(providers))
    return Topology(specs, draft=usual()[0].name, key_packages=hubs)


@asynccontextmanager
async def _opened(topology: Topology, processes: int) -> AsyncIterator[Session]:
    if processes == 1:
        async with open_session(topology, seed=1, now=NOW) as session:
            yield session
        return
    async with (
        running_processes(processes) as running,
        open_spread_session(topology, running, seed=1, now=NOW) as spread,
    ):
        yield spread


async def _group(session: Session, creator: Client) -> tuple[Client, str]:
    """A group of all users."""
    others = [user for user in session.users if user.uri != creator.user]
    for user in others:
        await user.provider.client_api.say_consent(SayConsent(creator.user, user.uri, ConsentWord.granted))
    group = await creator.perform(CreateGroup())
    await creator.perform(AddUsers(group, tuple(user.uri for user in others)))
    await session.settle()
    return creator, group


ROWS = (
    Row(
        id="processes-2",
        work=f"messages in {HUBS} groups of {PROVIDERS} providers at once, in two processes: the busier one's CPU",
        unit="ms",
        ours=at_once(PROVIDERS, HUBS, 2),
        baseline=at_once(PROVIDERS, HUBS, 1),
        against="in one process",
        goal=1.5,
    ),
)
