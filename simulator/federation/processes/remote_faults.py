"""Faults of the network of a federation in several processes."""

from collections.abc import Mapping, Sequence
from itertools import count

from simulator.federation.external_provider import Unsupported
from simulator.federation.processes.killable_provider import KillableProvider
from simulator.federation.processes.messages import SHARE
from simulator.federation.processes.process import Process
from simulator.net import Network
from simulator.net.faults import (
    ClockJumps,
    ClockSkew,
    Crash,
    CrashAt,
    Fault,
    Injected,
    Kill,
    Reorder,
    RequestFault,
    Restart,
    Stop,
    StoreFails,
)
from simulator.net.faults.fault_context import FaultContext
from simulator.provider import WorkTracker


class RemoteFaults:
    """Puts a fault into force where the requests come from that it hits: each process has its own providers' alone."""

    def __init__(
        self,
        processes: Sequence[Process],
        network: Network,
        work_tracker: WorkTracker,
        machines: Mapping[str, KillableProvider] | None = None,
    ) -> None:
        self._processes = processes
        self._network = network
        self._work_tracker = work_tracker
        self._machines = machines or {}
        """Those that can be killed, by name."""
        self._numbers = count(1)
        self._in_force: dict[Injected, int] = {}

    def inject(self, fault: Fault) -> Injected:
        """Raises Unsupported for one that would have to count or to reach beyond a process, and MachineFailure."""
        if isinstance(fault, Kill) and fault.rate:
            self._check(fault)
        number, context = next(self._numbers), FaultContext(self._network.clock, self._work_tracker, self._machines)
        for process in self._where(fault):
            process.look((SHARE, ""), ("inject",), (number, fault))
        injected = Injected(fault, context, self._forget)
        if isinstance(fault, Kill):
            fault.begin(context)
        self._in_force[injected] = number
        return injected

    def put_into(self, process: Process) -> None:
        """Put all faults into force in a process that has just been started again; what they have counted there is
        forgotten.
        """
        for injected, number in self._in_force.items():
            if process in self._where(injected.fault):
                process.tell((SHARE, ""), ("inject",), (number, injected.fault))

    def repair(self) -> None:
        """Remove all faults."""
        for injected in tuple(self._in_force):
            injected.remove()

    def _check(self, fault: Kill) -> None:
        """Raises Unsupported and NoOwnProcess."""
        if not self._machines:
            raise Unsupported("providers that are in processes with their clients can't be killed")
        for name, machine in self._machines.items():
            if fault.provider in (None, name):
                machine.check_killable()

    def _where(self, fault: Fault) -> Sequence[Process]:
        if isinstance(fault, Kill):
            return ()
        if isinstance(fault, Crash | Restart | Stop):
            raise Unsupported("a request brings down no machine where providers are in several processes")
        if isinstance(fault, CrashAt) and (fault.provider is None or fault.together):
            raise Unsupported("where providers are in several processes, say which one crashes, and let it do so alone")
        if isinstance(fault, ClockSkew | ClockJumps | CrashAt | StoreFails) and fault.provider is not None:
            return [process for process in self._processes if fault.provider in process.names]
        if isinstance(fault, RequestFault) and fault.where.sender is not None:
            return [process for process in self._processes if fault.where.sender in process.names]
        counts = isinstance(fault, RequestFault) and (fault.where.times is not None or fault.where.skip)
        if counts or isinstance(fault, Reorder):
            raise Unsupported(
                "where providers are in several processes, nobody counts the requests of all: name their `sender`"
            )
        return [process for process in self._processes if not process.is_gone]

    def _forget(self, injected: Injected) -> None:
        number = self._in_force.pop(injected, None)
        if number is not None and isinstance(injected.fault, Kill):
            injected.end()
        for process in self._processes if number is not None else ():
            process.tell((SHARE, ""), ("remove",), (number,))
