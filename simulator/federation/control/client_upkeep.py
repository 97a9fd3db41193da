"""Clients that fetch and publish by themselves, without being told to."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count

import trio

from simulator.clients import Client
from simulator.clients.backoff import Backoff
from simulator.errors import SimulatorError
from simulator.federation.control.operator import Operator

EVERY = 1.0
"""Seconds between two looks into a queue."""

REPLENISH = 5
"""So many looks are between two times that a client fills its stock of KeyPackages: anybody may empty it."""


async def maintain(operator: Operator, report: Callable[[Exception], None], *, accepting: bool) -> None:
    """Let each client read its queue once a second, and publish new KeyPackages every five, until cancelled.

    With `accepting` each also agrees to every connection request, so that external providers find users to talk to.
    Faults of ours go to `report`.
    """
    async with trio.open_nursery() as nursery:
        for client in operator.session.clients:
            nursery.start_soon(_maintain, operator, client.uri, report, accepting)


async def _maintain(operator: Operator, client: str, report: Callable[[Exception], None], accepting: bool) -> None:
    further = _Agreeing().agree if accepting else _nothing
    for look in count():
        try:
            if look % REPLENISH == 0:
                operator.client(client).replenish()
            await operator.maintain(client, further)
        except SimulatorError:  # a peer's, or a request that leads nowhere; the event log says so
            pass
        except Exception as error:
            report(error)
        await trio.sleep(EVERY)


class _Agreeing:
    """Agrees to each request of a client that may be tried now: one that fails keeps nobody else waiting."""

    def __init__(self) -> None:
        self._backoff = Backoff()

    async def agree(self, client: Client) -> None:
        for group in client.connection_requests:
            await self._try(group, client.accept_request)
        for user in client.consent_requests:
            await self._try(user, client.accept_connection)

    async def _try(self, request: str, agree: Callable[[str], Awaitable[object]]) -> None:
        now = int(trio.current_time())
        if self._backoff.is_due(request, now):
            self._backoff.failed(request, now)  # until it has succeeded: also if we are cancelled here
            with suppress(SimulatorError):
                await agree(request)
                self._backoff.forget(request)


async def _nothing(_: Client) -> None:
    """What is done besides where nobody is agreed with."""
