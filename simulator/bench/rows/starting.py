"""What it takes until providers answer."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from simulator.bench.federations import NOW
from simulator.bench.row import Obstacle, Row
from simulator.bench.samples import Sample, Scale, Side, Stopwatch, Take
from simulator.bench.stacks.fleets import Fleet, naive, ours
from simulator.federation import ProviderSpec, Topology, open_session

MANY = 200
_LIMIT = 60
"""Milliseconds."""


def started(fleet: Fleet, providers: int) -> Side:
    """Milliseconds of the clock until all are up and have answered a request each."""

    @asynccontextmanager
    async def side(_: Scale) -> AsyncIterator[Take]:
        async def take() -> Sample:
            watch = Stopwatch()
            async with AsyncExitStack() as stack:
                with watch.running():
                    ask_all = await stack.enter_async_context(fleet(providers))
                    await ask_all()
            return watch.per(1)

        yield take

    return side


@asynccontextmanager
async def _ready(_: Scale) -> AsyncIterator[Take]:
    wanted = Topology(tuple(_with_two_users(name) for name in "abc"))

    async def take() -> Sample:
        watch = Stopwatch()
        async with AsyncExitStack() as stack:
            with watch.running():
                await stack.enter_async_context(open_session(wanted, seed=1, now=NOW))
        return watch.cpu_per(1)

    yield take


def _with_two_users(name: str) -> ProviderSpec:
    return ProviderSpec(f"{name}.example", {f"{name}{each}": ("phone",) for each in range(2)})


ROWS = (
    Row(
        id=f"start-{MANY}",
        work=f"{MANY} providers with a user each, until all are up and have answered a request each",
        unit="ms",
        ours=started(ours, MANY),
        baseline=started(naive, MANY),
        against="hypercorn and httpx as documented, a client and a context each",
        goal=12,
        obstacle=Obstacle(
            "A key, a certificate, a context and a handshake for each are a seventh of the baseline by themselves",
            "tests/benchmarks/denied/start_of_servers.py",
        ),
        rounds=3,
    ),
    Row(
        id="scenario-start",
        work="three providers with two users each, ready for the first step",
        unit="ms of CPU",
        ours=_ready,
        limit=_LIMIT,
    ),
)
