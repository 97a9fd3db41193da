"""How much longer an honest provider waits while another one floods, by what the server grants the flooder.

    python -m tests.benchmarks.bench_flood

Everybody is in one process and on the same cores, the flooder's own work included, so the ratios are worse than those
of separate machines would be; they are measured in the same run and can be compared with each other. What is sent is
a KeyPackage request with a signature that is rubbish. A few seconds in all.
"""

from collections.abc import Mapping
from statistics import median

import trio

from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.requester import Requester
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.services.commands import FetchKeyPackages
from simulator.services.limits.rate_limit import Limit

NOW = 1_700_000_000
FLOODERS = 32
"""Requests that the flooder has under way at a time."""
SAMPLES = 150


def rubbish(session: Session, sender: str) -> bytes:
    """A request to b.example in the name of `sender`, well-formed, badly signed."""
    command = FetchKeyPackages(f"mimi://{sender}/u/x", "mimi://b.example/u/bob", CONNECTION)
    return session.draft.write_fetch(command, Requester(sender, lambda *_: bytes(64))).body


async def honest(session: Session) -> float:
    """The median seconds of one exchange of c.example's, one after the other."""
    took = []
    body = rubbish(session, "c.example")
    for _ in range(SAMPLES):
        started = trio.current_time()
        await session.send_raw("c", "b", "connection_key_packages", body)
        took.append(trio.current_time() - started)
    return median(took)


async def flood(session: Session, statuses: list[int]) -> None:
    """a.example asks as fast as it can, for ever."""
    body = rubbish(session, "a.example")
    while True:
        statuses.append((await session.send_raw("a", "b", "connection_key_packages", body)).http)


async def measure(limits: Mapping[str, Limit]) -> tuple[float, float, list[int]]:
    """Seconds without and with the flood, and what the flooder was answered."""
    providers = (
        ProviderSpec("a.example"),
        ProviderSpec("b.example", {"bob": ("phone",)}, rate_limits=limits),
        ProviderSpec("c.example"),
    )
    statuses: list[int] = []
    async with open_session(Topology(providers), seed=1, now=NOW) as session:
        await honest(session)  # warm
        calm = await honest(session)
        async with trio.open_nursery() as nursery:
            for _ in range(FLOODERS):
                nursery.start_soon(flood, session, statuses)
            while len(statuses) < FLOODERS:
                await trio.lowlevel.checkpoint()
            flooded = await honest(session)
            nursery.cancel_scope.cancel()
    return calm, flooded, statuses


def main() -> None:
    """Print a line per case."""
    grants = {"no limits": {}, "rate limit": {"provider": Limit(burst=2 * SAMPLES + 10, per_second=0.001)}}
    for name, limits in grants.items():
        calm, flooded, statuses = trio.run(measure, limits)
        refused = statuses.count(429) / len(statuses)
        print(
            f"{name:12} honest request {calm * 1000:6.2f} ms alone, {flooded * 1000:6.2f} ms under flood: "
            f"x{flooded / calm:.1f} ({len(statuses)} flooding requests, {refused:.0%} of them 429)"
        )


if __name__ == "__main__":
    main()
