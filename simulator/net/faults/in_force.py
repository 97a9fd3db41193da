"""The faults in force: every request passes through those that hit it, in the order in which they were injected."""

from simulator.net.client.attempt import Attempt, Onward
from simulator.net.clock import Clock
from simulator.net.faults.fault import Fault
from simulator.net.faults.fault_context import FaultContext, Machine
from simulator.net.faults.injected import Injected
from simulator.net.http import HTTPReply
from simulator.net.timeouts import WorkTracker


class Faults:
    """What goes wrong in a network at present."""

    def __init__(self, clock: Clock, work_tracker: WorkTracker) -> None:
        self.machines: dict[str, Machine] = {}
        """The providers that can be stopped and started, by name."""
        self._clock = clock
        self._work_tracker = work_tracker
        self._in_force: dict[Injected, None] = {}

    def inject(self, fault: Fault) -> Injected:
        """Put a fault into force, behind those that are. Raises UnknownMachine."""
        context = FaultContext(self._clock, self._work_tracker, self.machines)
        injected = Injected(fault, context, self._forget)
        fault.begin(context)
        self._in_force[injected] = None
        return injected

    def repair(self) -> None:
        """Remove all faults."""
        for injected in tuple(self._in_force):
            injected.remove()

    def __len__(self) -> int:
        return len(self._in_force)

    async def carry(self, attempt: Attempt, onward: Onward) -> HTTPReply:
        """Take a request through the faults that hit it, the oldest first, and then `onward`."""
        for injected in reversed([each for each in self._in_force if each.hit_by(attempt.route)]):
            onward = injected.bar(onward)
        return await onward(attempt)

    def _forget(self, injected: Injected) -> None:
        if injected in self._in_force:
            del self._in_force[injected]
            injected.end()
