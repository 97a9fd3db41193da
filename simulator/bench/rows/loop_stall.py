"""How long one provider's peer may wait, at worst, while somebody floods another provider of the same process.

Measured is the longest step that any task of the event loop takes, in this thread's own seconds on a core: so long
nobody else is served. What the other processes do to the cores does not count. A flood is sent by a process of its own.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from simulator.bench.federations import HUB, NOW, topology
from simulator.bench.floods import Flood, floods, sender
from simulator.bench.longest_step import longest_step
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Stopwatch, Take
from simulator.federation import Session, open_session

LIMIT = 100
"""Milliseconds."""
COOL = 0.2
"""Seconds that are measured after a flood: what it leaves behind is part of it."""
VICTIM, PEER = "f001.example", "f002.example"


async def stall(session: Session, flood: Flood, seconds: float) -> float:
    """The longest step, in milliseconds, while the hub gets a flood and two others go on asking each other."""
    host = session.provider(HUB).service_host
    address = session.network.lookup(host)
    if address is None:
        raise RuntimeError(f"nobody is at {host}")
    said = f"{flood.alpn}\n{len(flood.first)}\n".encode() + flood.first + flood.more
    command = [sys.executable, sender.__file__, str(address.port), host, str(seconds)]
    with longest_step() as steps:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_ask, session)
            await trio.run_process(command, stdin=said, capture_stdout=True)
            await trio.sleep(COOL)
            nursery.cancel_scope.cancel()
    return steps.longest * 1000


async def _ask(session: Session) -> None:
    """Have the peer ask the victim for something, over and over."""
    while True:
        await session.provider(PEER).http.request("GET", f"https://{VICTIM}/")


@asynccontextmanager
async def _worst(scale: Scale) -> AsyncIterator[Take]:
    async with open_session(topology(2), seed=1, now=NOW) as session:

        async def take() -> Sample:
            watch, worst = Stopwatch(), 0.0
            for _, flood in floods(session.draft, session.provider(HUB).service_host, HUB, VICTIM):
                with watch.running():
                    worst = max(worst, await stall(session, flood, scale.seconds))
            return Sample(worst, watch.cpu, watch.wall)

        yield take


ROWS = (
    Row(
        id="loop-stall",
        work="the longest stall of another provider's peer while one provider is flooded, by the worst flood",
        unit="ms of CPU",
        ours=_worst,
        limit=LIMIT,
        rounds=1,
    ),
)
