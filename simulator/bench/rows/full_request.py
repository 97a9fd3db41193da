"""A message to one follower with everything on: checks, signature, store, recorder."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from simulator.bench.federations import HUB, team
from simulator.bench.row import Obstacle, Row
from simulator.bench.samples import Sample, Scale, Stopwatch, Take
from simulator.bench.stacks.asking import asked
from simulator.bench.stacks.ours import ours
from simulator.mls.remembered import nothing_remembered
from simulator.trace import Recorder

MESSAGES = 50


@asynccontextmanager
async def _full(_: Scale) -> AsyncIterator[Take]:
    """The same federation twice, with the same seed: what the hub of the first sends is sent again in the second, where
    it is new. So no more than the request is timed. In the second one nothing is remembered that the first one has
    worked out: its follower verifies each signature.
    """
    recorder = Recorder()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(team(1, recorder=recorder))
        with nothing_remembered():  # whatever runs in it, runs so
            second = await stack.enter_async_context(team(1))

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
        obstacle=Obstacle(
            "A signature, a transaction and a record take more than two thirds of a bare request by themselves",
            "tests/benchmarks/denied/full_request.py",
        ),
    ),
)
