"""A bare POST between two providers, through our adapters and through what one would pick instead."""

from functools import partial

from simulator.bench.row import Obstacle, Row
from simulator.bench.stacks import asyncio_stacks
from simulator.bench.stacks.asking import asked
from simulator.bench.stacks.documented import documented
from simulator.bench.stacks.ours import ours

AT_A_TIME = (1, 10, 100)
_DENIED = ("request-bare-100", "request-peer-100")
_OBSTACLE = Obstacle(
    "httpx's face and TLS alone, with no HTTP, take a tenth of the one baseline and a twentieth of the other",
    "tests/benchmarks/denied/requests_at_once.py",
)


def _rows() -> tuple[Row, ...]:
    best, http2 = partial(asyncio_stacks.asked, uvloop=True), partial(ours, http2=True)
    peers = asyncio_stacks.uvicorn_and_httpx, asyncio_stacks.uvicorn_and_aiohttp
    return tuple(
        Row(
            id=f"request-{name}-{count}",
            work=f"a bare POST {'over HTTP/2 ' if name == 'h2' else ''}between two providers, {count} at a time",
            unit="ms",
            ours=asked(stack, count),
            baseline=baseline(count),
            against=against,
            goal=goal,
            needs=needs,
            obstacle=_OBSTACLE if f"request-{name}-{count}" in _DENIED else None,
        )
        for name, stack, baseline, against, goals, needs in (
            ("bare", ours, partial(asked, documented), "hypercorn + httpx as documented", (2.5, 3, 20), None),
            ("peer", ours, partial(asyncio_stacks.asked, peers[0]), "uvicorn + httpx", (1.3, 1.5, 20), "baselines"),
            ("best", ours, partial(best, peers[1]), "uvicorn + aiohttp on uvloop", (0.4, 0.4, 0.4), "baselines"),
            (
                "h2",
                http2,
                partial(asked, partial(documented, http2=True)),
                "hypercorn + httpx as documented, HTTP/2",
                (1.3, 1.3, 1.5),
                None,
            ),
        )
        for count, goal in zip(AT_A_TIME, goals, strict=True)
    )


ROWS = _rows()
