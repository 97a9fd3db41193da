"""Fan-out: what is in the outbox goes to the other providers, to each in order, to all side by side."""

from collections.abc import Callable, Collection, Iterable
from functools import partial

import trio

from simulator.net import TransportError
from simulator.net.failpoint import Failpoint
from simulator.provider.clock import OwnClock
from simulator.provider.outgoing.turns import Turn
from simulator.provider.parts import Parts
from simulator.services.delivery import outbox
from simulator.services.delivery.outbox import Due, Failed
from simulator.services.refusal import Refusal
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext

FIRST_PAUSE, LONGEST_PAUSE = 1, 64
"""Seconds until the next attempt where not the follower has failed, but something here."""
_EVERYBODY = ""
"""In place of a follower, where the outbox could not be looked through."""


class FanOut:
    """Empties one provider's outbox: a task for each follower that waits for something.

    A follower that can't be reached, or refuses, gets its first message again later and delays nobody else. Where this
    machine fails (its disk, its descriptors) or the simulator does, `report` hears of it, and the same is done.
    """

    def __init__(
        self, parts: Parts, clock: OwnClock, nursery: trio.Nursery, report: Callable[[Exception], None]
    ) -> None:
        self._parts = parts
        self._clock = clock
        self._nursery = nursery
        self._report = report
        self._pauses: dict[str, int] = {}
        self._running: set[str] = set()
        self._alarms: dict[str, int] = {}
        self._closed = False

    def close(self) -> None:
        """Begin nothing any more, whoever wakes us."""
        self._closed = True

    def wake(self, added: Collection[str]) -> None:
        """There is more for these followers, by what has just been written: from this moment on, what is due counts as
        under way. Where something here has failed, it is tried again too.
        """
        if self._pauses:
            self._wake_again(added)
        else:
            self._begin(added, written=True)

    def _wake_again(self, followers: Iterable[str]) -> None:
        if _EVERYBODY in self._pauses:
            self.wake_all()
        else:
            self._begin(sorted({*followers, *self._pauses}))

    def wake_all(self) -> None:
        """Look through the whole outbox, with what was left there by whoever has crashed."""
        if self._closed:
            return
        try:
            waiting = self._parts.executor.store.outbox.providers()
        except Exception as error:  # whoever wakes us has done its own part
            self._try_again(_EVERYBODY, error)
            return
        self._pauses.pop(_EVERYBODY, None)
        self._begin(waiting)

    def _begin(self, waiting: Iterable[str], *, written: bool = False) -> None:
        if self._closed:
            return
        for follower in waiting:
            if follower not in self._running and self._alarms.get(follower, 0) <= self._clock.elapsed():
                self._running.add(follower)
                self._parts.work_tracker.begin()
                turn = None if self._parts.failpoints.are_none else self._parts.turns.ask()
                self._nursery.start_soon(self._deliver_to, follower, written, turn)

    async def _deliver_to(self, follower: str, written: bool, turn: Turn | None) -> None:
        """All of it, in its turn where it may crash meanwhile."""
        try:
            if turn is None:
                await self._deliver_all(follower, written)
            else:
                async with turn:
                    await self._deliver_all(follower, written=False)
        finally:
            self._running.remove(follower)
            self._parts.work_tracker.end()

    async def _deliver_all(self, follower: str, written: bool) -> None:
        """What can't be noted as delivered is not sent: the first is asked for in a transaction, unless the store has
        just been `written` to.
        """
        executor = self._parts.executor
        try:
            with self._parts.work_tracker.part():
                first = partial(outbox.due, follower)
                due = self._ready(executor.look(first) if written else executor.do(first))
                while due is not None:
                    due = self._ready(await self._deliver(due))
                    self._pauses.pop(follower, None)
            self._pauses.pop(follower, None)
        except TransportError:
            pass  # our own executor is closed: the provider has crashed, and we are about to be cancelled
        except Exception as error:  # of this machine or of the simulator: what peers do is an outcome, no exception
            self._try_again(follower, error)

    def _try_again(self, follower: str, error: Exception) -> None:
        """After a pause that doubles each time, or when somebody wakes us; the outbox has nothing of this attempt."""
        self._report(error)
        pause = self._pauses[follower] = min(self._pauses.get(follower, 0) * 2 or FIRST_PAUSE, LONGEST_PAUSE)
        again = self.wake_all if follower == _EVERYBODY else partial(self._wake_again, (follower,))
        self._clock.call_after(pause, again)

    def _ready(self, due: Due | None) -> Due | None:
        """What may be sent now; if that is nothing yet, the clock will wake us."""
        if due is not None and (wait := due.not_before - self._clock.elapsed()) > 0:
            self._alarms[due.provider] = due.not_before
            self._clock.call_after(wait, partial(self._wake_again, (due.provider,)))
            return None
        return due

    async def _deliver(self, due: Due) -> Due | None:
        """Send it, note what came of it, and what is next by the same transaction."""
        operation = due.delivery.operation
        if due.entry.attempts:
            self._parts.executor.decided(outbox.retried(due))
        self._parts.failpoints.reached(Failpoint.DELIVERING, operation)
        outcome = await self._attempt(due)
        self._parts.failpoints.reached(Failpoint.DELIVERED, operation)

        def settle(context: ServiceContext) -> Due | None:
            outbox.settle(due, outcome, context)
            self._parts.failpoints.reached(Failpoint.SETTLING, operation)
            return outbox.due(due.provider, context)

        following = self._parts.executor.do(settle)
        if isinstance(outcome, DeliveryResult):
            self._parts.executor.event_log.delivered(due)
        self._parts.failpoints.reached(Failpoint.SETTLED, operation)
        return following

    async def _attempt(self, due: Due) -> DeliveryResult | Refusal | Failed:
        request = self._parts.draft.write_delivery(
            due.delivery, sender=self._parts.executor.provider, recipient=due.provider, sign=self._parts.keys.sign
        )
        outcome = await self._parts.peers.outcome(request)
        if isinstance(outcome, DeliveryResult | Refusal | Failed):
            return outcome
        return Failed(f"{due.provider} answered something else")
