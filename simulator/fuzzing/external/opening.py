"""Opening the environment around somebody else's server: our providers at their ports, the scene set."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from simulator.federation import open_session
from simulator.fuzzing.environment import Environment, Tape
from simulator.fuzzing.external.scene import ExternalScene
from simulator.fuzzing.external.server import ExternalServer, Gone


@asynccontextmanager
async def open_around(server: ExternalServer) -> AsyncIterator[tuple[Environment, ExternalScene]]:
    """An environment with seeds for this server, and how it came to them. It has no store to look at, or to put back:
    what a case changes stays, at the server as at ours. The clock is the real one, as it was at the beginning.

    Raises Gone where the server is not there, or does not speak the draft.
    """
    tape = Tape()
    async with open_session(server.federation(), seed=1, now=int(time.time()), recorder=tape) as session:
        environment = Environment(server.kind, session, {})
        scene, gone = ExternalScene(environment, server), None
        try:
            await scene.build()
        except Gone as error:
            gone = error  # alone, and not in the group of a nursery
        else:
            tape.running = False
            yield environment, scene
    if gone is not None:
        raise gone


async def looked_around(server: ExternalServer) -> tuple[Mapping[str, int], Sequence[str]]:
    """How many valid requests were found by endpoint, and what could not be done. Raises Gone."""
    async with open_around(server) as (environment, scene):
        return Counter(seed.endpoint for seed in environment.seeds), scene.undone
