"""Faults of the network of a federation in several processes."""

from collections.abc import Sequence
from itertools import count

from simulator.federation.external_provider import Unsupported
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

    def __init__(self, processes: Sequence[Process], network: Network, work_tracker: WorkTracker) -> None:
        self._processes = processes
        self._context = FaultContext(network.clock, work_tracker, {})
        self._numbers = count(1)
        self._in_force: dict[Injected, int] = {}

    def inject(self, fault: Fault) -> Injected:
        """Raises Unsupported for one that would have to count or to reach beyond a process, and MachineFailure."""
        number = next(self._numbers)
        for process in self._where(fault):
            process.look((SHARE, ""), ("inject",), (number, fault))
        injected = Injected(fault, self._context, self._forget)
        self._in_force[injected] = number
        return injected

    def repair(self) -> None:
        """Remove all faults."""
        for injected in tuple(self._in_force):
            injected.remove()

    def _where(self, fault: Fault) -> Sequence[Process]:
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
        for process in self._processes if number is not None else ():
            process.tell((SHARE, ""), ("remove",), (number,))
