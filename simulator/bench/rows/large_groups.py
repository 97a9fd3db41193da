"""Groups of a thousand: until all are in one, and what the hub does with a commit in one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.bench.federations import NOW, join_all
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Stopwatch, Take
from simulator.federation import ProviderSpec, Topology, open_session

PROVIDERS, USERS = 10, 100
_SECONDS = 60


@asynccontextmanager
async def _connect_add_send(_: Scale) -> AsyncIterator[Take]:
    names = [f"{letter}.example" for letter in "abcdefghij"]
    specs = [ProviderSpec(name, {f"{name[0]}{each}": ("phone",) for each in range(USERS)}) for name in names]
    specs[0] = ProviderSpec(names[0], {"alice": ("phone",), **dict(list(specs[0].users.items())[1:])})
    wanted = Topology(tuple(specs), key_packages=1)

    async def take() -> Sample:
        watch = Stopwatch()
        with watch.running():
            async with open_session(wanted, seed=1, now=NOW) as session:
                team = await join_all(session)
                await team.send()
        return Sample(watch.wall, watch.cpu, watch.wall)

    yield take


ROWS = (
    Row(
        id="group-1000",
        work=f"{PROVIDERS * USERS:,} users of {PROVIDERS} providers connect, are in one group, and get a message",
        unit="s",
        ours=_connect_add_send,
        limit=_SECONDS,
        rounds=1,
    ),
)
