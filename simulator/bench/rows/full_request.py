"""A message to one follower with everything on: checks, signature, store, recorder."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.bench.federations import HUB, team
from simulator.bench.row import Row
from simulator.bench.samples import Sample, Scale, Stopwatch, Take
from simulator.bench.stacks.asking import asked
from simulator.bench.stacks.ours import ours
from simulator.trace import Recorder

MESSAGES = 50


@asynccontextmanager
async def _full(_: Scale) -> AsyncIterator[Take]:
    """The same federation twice, with the same seed: what the hub of the first sends is sent again in the second, where
    it is new. So no more than the request is timed.
    """
    recorder = Recorder()
    async with team(1, recorder=recorder) as first, team(1) as second:

        async def take() -> Sample:
            before = len(recorder.exchanges)
            for _ in range(MESSAGES):
                await first.send()
            sent, watch = recorder.exchanges[before:], Stopwatch()
            for each in sent:
                with watch.running():
                    reply = await second.session.send_raw(
                        HUB, "f001.example", each.endpoint, each.request, each.variables
                    )
                if reply.error is not None:
                    raise RuntimeError(f"{each.endpoint} was refused: {reply.description}")
            return watch.per(len(sent))

        yield take


ROWS = (
    Row(
        id="request-full",
        work="a message to a follower: the request with its checks, signature, store and recorder",
        unit="ms",
        ours=_full,
        baseline=asked(ours, 1),
        against="request-bare-1 of ours",
        goal=0.6,
    ),
)
