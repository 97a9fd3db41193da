"""What a fault in force can do: hold exchanges up, and reach the machines that stand behind the names."""

from collections.abc import Callable, Mapping
from typing import Protocol

import trio

from simulator.errors import Misuse, SimulatorError, hint
from simulator.net.client.attempt import Attempt
from simulator.net.client.request_route import RequestRoute
from simulator.net.clock import Clock
from simulator.net.failpoint import Failpoint
from simulator.net.timeouts import Latch, WorkTracker
from simulator.storage import Fails


class Machine(Protocol):
    """A provider as a thing that can break."""

    @property
    def is_ours(self) -> bool:
        """Whether it can be broken: what somebody else runs raises Unsupported."""
        ...

    async def start(self) -> None:
        """Run again, with what was stored. Nothing if it runs. Raises MachineFailure, which it has noted."""
        ...

    async def stop(self) -> None:
        """End in good order. Nothing if it does not run."""
        ...

    async def crash(self) -> None:
        """End at once, whatever is under way. Nothing if it does not run."""
        ...

    def break_down(self) -> None:
        """Crash, from this moment on; what is left of it may go on to the next `await`. Nothing if it does not run."""
        ...

    def start_again(self) -> None:
        """Run again as soon as its end is over, and try once a second where the machine can't. Nobody waits for it."""
        ...

    def skew(self, seconds: int) -> None:
        """Let its clock be so far ahead of everybody's, or behind."""
        ...

    def crash_at(self, key: object, crashes: Callable[[Failpoint, str], bool] | None) -> None:
        """Let it crash wherever `crashes` says so of a point and an operation; None takes that back, by its key."""
        ...

    def let_store_fail(self, key: object, fails: Fails | None) -> None:
        """Let its store fail where `fails` says so of a statement; None takes that back, by its key."""
        ...

    def watch_requests(self, key: object, heard: Callable[[], None] | None) -> None:
        """Call `heard` with each request of its users' clients; None takes that back, by its key. Raises NoOwnProcess
        where it is no process of its own.
        """
        ...

    def kill(self, after: float, ahead: int, killed: Callable[[], None]) -> None:
        """Kill its process in so many seconds of real time and start it again, with its clock so many seconds ahead.
        `killed` is called once that has been done, if there was a process. Raises NoOwnProcess.
        """
        ...

    def rand(self, purpose: str, n: int) -> bytes:
        """So many of its random bytes, for nothing but this purpose."""
        ...


class NoOwnProcess(Misuse):
    """A machine is to be killed that is no process of its own."""


class UnknownMachine(SimulatorError):
    """A fault is about a machine that there is not."""


class FaultContext:
    """What one fault holds. Requests are let go in the order in which they came."""

    def __init__(self, clock: Clock, work_tracker: WorkTracker, machines: Mapping[str, Machine]) -> None:
        self.hit: Callable[[], None] = lambda: None
        """Called when it has hit a machine by itself."""
        self._clock = clock
        self._work_tracker = work_tracker
        self._machines = machines
        self._held: dict[Latch, RequestRoute] = {}
        self._loose = False

    @property
    def held(self) -> tuple[RequestRoute, ...]:
        """The requests that wait, oldest first."""
        return tuple(route for latch, route in self._held.items() if not latch.is_open)

    async def hold(self, attempt: Attempt) -> None:
        """Wait to be released."""
        await self._wait(attempt, Latch(self._work_tracker))

    async def pause(self, attempt: Attempt, seconds: int) -> None:
        """Wait until so much protocol time has passed, or to be released. 0 lets others run once."""
        if seconds <= 0:
            await trio.lowlevel.checkpoint()
            return
        latch = Latch(self._work_tracker)
        self._clock.call_at(self._clock.now() + seconds, latch.open)
        await self._wait(attempt, latch)

    def release(self, count: int | None = None) -> None:
        """Let so many waiting requests pass, the oldest first; None for all."""
        for latch in [latch for latch in self._held if not latch.is_open][:count]:
            latch.open()

    def let_go(self) -> None:
        """Release all, and hold nothing from now on."""
        self._loose = True
        self.release()

    def machines(self, name: str | None) -> Mapping[str, Machine]:
        """The machine of a provider, or all of ours, by name. Raises UnknownMachine."""
        if name is not None:
            return {name: self.machine(name)}
        return {own: machine for own, machine in self._machines.items() if machine.is_ours}

    def machine(self, name: str) -> Machine:
        """The machine of a provider. Raises UnknownMachine."""
        try:
            return self._machines[name]
        except KeyError:
            raise UnknownMachine(f"there is no machine {name}{hint(name, self._machines)}") from None

    async def _wait(self, attempt: Attempt, latch: Latch) -> None:
        if self._loose:
            latch.open()
        self._held[latch] = attempt.route
        try:
            await attempt.timeout.wait(latch)
        finally:
            del self._held[latch]
