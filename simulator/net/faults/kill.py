"""Providers whose processes are killed."""

from collections import Counter
from collections.abc import Callable
from typing import Annotated

import msgspec

from simulator.net.faults.chance import Rate, share
from simulator.net.faults.clock_jumps import CENTURY_SECONDS
from simulator.net.faults.fault import Fault
from simulator.net.faults.fault_context import FaultContext

_SEED_SIZE = 16


class Kill(Fault, frozen=True, kw_only=True, tag="kill"):
    """A provider's process is killed by the system (SIGKILL) at some moment, and started again at once: what its file
    has is all that is left of it. Others with each seed; where no `provider` is said, each of them.

    In a scenario with such a `rate` above 0 each provider has a process of its own, and clients outlive it. The seed
    says at which requests who is killed how long after; but how far a process has come by then is up to this machine.
    So two runs with one seed do not send the same, and only what is so whatever happens can be expected.
    """

    provider: str | None = None
    """Who is killed; without one, one of all."""
    rate: Rate
    """How often, of all requests that clients make of their own providers, from 0 to 1."""
    within: Annotated[float, msgspec.Meta(ge=0, le=10)] = 0.05
    """How long after such a request at most, in seconds of real time."""
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How often somebody is killed at most; if not said, as often as it happens."""
    clock: tuple[Annotated[int, msgspec.Meta(ge=-CENTURY_SECONDS, le=CENTURY_SECONDS)], ...] = (0,)
    """By how many seconds its clock is ahead when it comes back: one of these each time. Negative: behind."""
    requests: Annotated[int, msgspec.Meta(ge=1)] = 20
    """It is right again after so many requests of clients, or fewer."""

    @property
    def about(self) -> tuple[str, ...]:
        """Who is killed."""
        return () if self.provider is None else (self.provider,)

    def begin(self, context: FaultContext) -> None:
        """Wait for requests."""
        if self.rate:
            heard = self._heard(context)
            for machine in context.machines(None).values():
                machine.watch_requests(context, heard)

    def end(self, context: FaultContext) -> None:
        """Kill nobody any more, and put the clocks right."""
        for machine in context.machines(self.provider).values() if self.rate else ():
            machine.skew(0)
        for machine in context.machines(None).values():
            machine.watch_requests(context, None)

    def _heard(self, context: FaultContext) -> Callable[[], None]:
        victims = list(context.machines(self.provider).values())
        seed = victims[0].rand("kill", _SEED_SIZE)
        count = Counter[str]()
        wrong: dict[int, int] = {}  # until which request the clock of a victim may be wrong

        def hear() -> None:
            count["heard"] += 1
            number = count["heard"]
            for who in [who for who, end in wrong.items() if end <= number]:
                del wrong[who]
                victims[who].skew(0)
            is_over = self.times is not None and count["killed"] >= self.times
            if is_over or share("kill", number, of=seed) >= self.rate:
                return
            count["killed"] += 1
            who = int(share("who", number, of=seed) * len(victims))
            ahead = self.clock[int(share("far", number, of=seed) * len(self.clock))]
            if ahead:
                wrong[who] = number + 1 + int(share("long", number, of=seed) * self.requests)
            victims[who].kill(share("after", number, of=seed) * self.within, ahead, context.hit)

        return hear
