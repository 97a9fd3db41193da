"""How long one provider's peer may wait, at worst, while another's client is given answers that take long to read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from simulator.bench.federations import HUB, NOW, topology
from simulator.bench.longest_step import longest_step
from simulator.bench.row import Row
from simulator.bench.rows.loop_stall import LIMIT
from simulator.bench.samples import Sample, Scale, Stopwatch, Take
from simulator.clients import Client
from simulator.clients.operations import ExternalJoin
from simulator.drafts.adversary import DearAnswer
from simulator.errors import SimulatorError
from simulator.federation import Session, open_session
from simulator.net import HTTPReply
from simulator.provider.adversary.answering import Answering

VICTIM = "u0"
"""The user of the other provider, who asks."""
_OCTETS = ("content-type", "application/octet-stream")


class Asking:
    """A client that is told to ask, and does not mind what comes of it."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def join(self, group: str) -> object:
        """Join a group by itself."""
        return await self._client.perform(ExternalJoin(group))

    async def connect(self, user: str) -> object:
        """Ask a user for a connection."""
        return await self._client.request_connection(user)


async def stalled(session: Session, answer: DearAnswer, seconds: float) -> tuple[float, int]:
    """The longest step, in milliseconds, while a client gets this answer of the hub's each time it asks; how often it
    has asked.
    """
    asking, asked = Asking(session.client(VICTIM)), 0
    template = session.draft.named(answer.endpoint).template
    lie = Answering(template, lambda _: HTTPReply(200, (_OCTETS,), answer.body))
    interceptors = session.provider(HUB).executor.interceptors
    interceptors.begin(lie)
    try:
        with longest_step() as steps:
            ends = trio.current_time() + seconds
            while trio.current_time() < ends:
                asked += 1
                try:
                    await answer.ask(asking)
                except SimulatorError:
                    continue  # most are refused: what counts is how long that takes
    finally:
        interceptors.end(lie)
    return steps.longest * 1000, asked


@asynccontextmanager
async def _worst(scale: Scale) -> AsyncIterator[Take]:
    async with open_session(topology(1), seed=1, now=NOW) as session:
        answers = session.draft.adversary.answers

        async def take() -> Sample:
            watch, worst = Stopwatch(), 0.0
            for make in answers.values():
                answer = make(HUB, NOW)
                with watch.running():
                    worst = max(worst, (await stalled(session, answer, scale.seconds))[0])
            return Sample(worst, watch.cpu, watch.wall)

        yield take


ROWS = (
    Row(
        id="answer-stall",
        work="the longest stall of another provider's peer while one provider is given the answers that take longest",
        unit="ms of CPU",
        ours=_worst,
        limit=LIMIT,
        rounds=1,
    ),
)
