"""How much longer an honest provider's requests take while another one floods and is soon over its rate limit.

Everybody is in one process and on the same cores, the flooder's own work included, so that the figures are worse than
those of separate machines would be. What is sent is a request for KeyPackages with a signature that is rubbish.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from time import perf_counter

import trio

from simulator.bench.federations import HUB, NOW
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Side, Stopwatch, Take
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.registry import usual
from simulator.drafts.requests.requester import Requester
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.services.commands import FetchKeyPackages
from simulator.services.limits.rate_limit import Limit

FLOODER, HONEST = "f001.example", "f002.example"
AT_ONCE = 32
"""Requests that the flooder has under way at a time."""
SAMPLES = 50
"""Requests of the honest one that a sample is the median of."""
TOO_MANY = 429
LIMITS = {"provider": Limit(burst=10 * SAMPLES, per_second=0.001)}
"""As much as the honest one needs, and soon too little for the flooder."""


async def ask(session: Session, sender: str) -> int:
    """A request to the hub in the name of `sender`, well-formed, badly signed; the HTTP status of its answer."""
    command = FetchKeyPackages(f"mimi://{sender}/u/x", f"mimi://{HUB}/u/bob", CONNECTION)
    written = session.draft.write_fetch(command, Requester(sender, lambda *_: bytes(64)))
    return (await session.send_raw(sender, HUB, written.endpoint.name, written.body)).http


async def honest(session: Session) -> float:
    """The median milliseconds of one exchange, one after the other."""
    took = []
    for _ in range(SAMPLES):
        started = perf_counter()
        await ask(session, HONEST)
        took.append((perf_counter() - started) * 1000)
    return median(took)


async def _flood(session: Session, answered: list[int]) -> None:
    """Ask as fast as it goes, for ever."""
    while True:
        answered.append(await ask(session, FLOODER))


def exchanged(flooders: int) -> Side:
    """An exchange of the honest provider's while so many requests of the other one's are under way all the time."""

    @asynccontextmanager
    async def side(_: Scale) -> AsyncIterator[Take]:
        providers = (ProviderSpec(HUB, {"bob": ("phone",)}, rate_limits=LIMITS), *map(ProviderSpec, (FLOODER, HONEST)))

        async def take() -> Sample:
            watch, answered = Stopwatch(), list[int]()
            async with open_session(Topology(providers, draft=usual()[0].name), seed=1, now=NOW) as session:
                await honest(session)  # warm
                async with trio.open_nursery() as nursery:
                    for _ in range(flooders):
                        nursery.start_soon(_flood, session, answered)
                    while flooders and TOO_MANY not in answered:
                        await trio.lowlevel.checkpoint()
                    with watch.running():
                        waited = await honest(session)
                    nursery.cancel_scope.cancel()
            return Sample(waited, watch.cpu, watch.wall)

        yield take

    return side


ROWS = (
    Row(
        id="flooded-peer",
        work=f"an honest provider's request while another one has {AT_ONCE} under way that are over its rate limit",
        unit="ms",
        ours=exchanged(AT_ONCE),
        baseline=exchanged(0),
        against=f"nobody floods; one after the other with all {AT_ONCE}, it would be {1 / (AT_ONCE + 1):.2f}",
        goal=0.2,
        rounds=3,
    ),
)
