"""Clients that look after themselves, as phones do that nobody holds in their hands."""

from collections.abc import Callable
from itertools import count

import trio

from simulator.clients.backoff import Backoff
from simulator.errors import SimulatorError
from simulator.federation.control.operator import Operator

EVERY = 1.0
"""Seconds between two looks into a queue."""

REPLENISH = 60
"""So many looks are between two times that a client fills its stock of KeyPackages: strangers may empty it."""


async def tend(operator: Operator, report: Callable[[Exception], None], *, accepting: bool) -> None:
    """Let each client read its queue once a second, and publish new KeyPackages once a minute, until cancelled.

    With `accepting` each also agrees to every connection request, so that strangers find users to talk to. Faults of
    ours go to `report`.
    """
    async with trio.open_nursery() as nursery:
        for client in operator.session.clients:
            nursery.start_soon(_tend, operator, client.uri, report, accepting)


async def _tend(operator: Operator, client: str, report: Callable[[Exception], None], accepting: bool) -> None:
    backoff = Backoff()
    for look in count():
        try:
            if look % REPLENISH == 0:
                operator.client(client).replenish()
            await _look(operator, client, backoff if accepting else None)
        except SimulatorError:  # a peer's, or a request that leads nowhere; the event log says so
            pass
        except Exception as error:
            report(error)
        await trio.sleep(EVERY)


async def _look(operator: Operator, name: str, accepting: Backoff | None) -> None:
    """Read the queue; then agree to each request that may be tried now: one that fails keeps nobody else waiting."""
    async with operator.acting(name) as client:
        for group in client.connection_requests if accepting else ():
            now = int(trio.current_time())
            if accepting and accepting.is_due(group, now):
                try:
                    await client.accept_request(group)
                except SimulatorError:
                    accepting.failed(group, now)
                else:
                    accepting.forget(group)
