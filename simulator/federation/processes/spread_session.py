"""The session of a federation in several processes."""

from collections.abc import Iterable, Mapping, Sequence

import trio

from simulator.federation.external_provider import ExternalProvider
from simulator.federation.processes.killable_provider import KillableProvider
from simulator.federation.processes.messages import SHARE, News
from simulator.federation.processes.process import Process
from simulator.federation.processes.remote_client import RemoteClient
from simulator.federation.processes.remote_faults import RemoteFaults
from simulator.federation.processes.remote_provider import RemoteProvider
from simulator.federation.session import Session
from simulator.federation.user import User
from simulator.machine import MachineFailure
from simulator.net.faults import Fault, Injected
from simulator.provider import Environment, ManualClock, Provider


class SpreadSession(Session):
    """As in one process, but for faults: each process counts the requests of its own providers alone."""

    def __init__(
        self,
        environment: Environment,
        clock: ManualClock,
        providers: Sequence[RemoteProvider],
        external_providers: Sequence[ExternalProvider],
        users: Sequence[User],
        processes: Sequence[Process],
        machines: Mapping[str, KillableProvider] | None = None,
    ) -> None:
        super().__init__(environment, clock, providers, external_providers, users)
        self.processes = tuple(processes)
        """Those that it is in, in the order of the topology."""
        self._faults = RemoteFaults(processes, environment.network, environment.work_tracker, machines)

    def waive(self, rules: Iterable[str], by: Sequence[Provider] | None = None) -> None:
        given = tuple(rules)
        names = [provider.name for provider in (self.providers if by is None else by)]
        for process in self.processes:
            process.tell((SHARE, ""), ("waive",), (given, [name for name in names if name in process.names]))

    def repair(self) -> None:
        self._faults.repair()

    def advance(self, seconds: int) -> None:
        for process in self.processes:
            process.tell((SHARE, ""), ("advance",), (seconds,))
        super().advance(seconds)

    async def read_queues(self) -> bool:
        """Those of each process beside the others; what their clients ask for goes out in the order of the topology.

        A process waits for its own providers between two clients, not for those of the others.
        """
        found: list[bool] = []
        ended = [trio.Event() for _ in self.processes]

        async def read(place: int, process: Process) -> None:
            try:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(take_turn, place, process)
                    found.append(await self._read(process))
                    nursery.cancel_scope.cancel()
            except* MachineFailure:
                pass  # it is noted that its providers are gone
            finally:
                if place:
                    await ended[place - 1].wait()
                ended[place].set()

        async def take_turn(place: int, process: Process) -> None:
            if place:
                await ended[place - 1].wait()
            await process.act((SHARE, ""), ("take_turn",))

        async with trio.open_nursery() as nursery:
            for place, process in enumerate(self.processes):
                nursery.start_soon(read, place, process)
        return any(found)

    async def _read(self, process: Process) -> bool:
        clients = [each for each in self.clients if isinstance(each, RemoteClient) and each.is_in(process)]
        news: dict[str, News]
        known = [client.events.total for client in clients]
        found, news = await process.act((SHARE, ""), ("read_queues",), known)
        for client in clients:
            client.forget_groups()
            if client.uri in news:
                client.hear(news[client.uri])
        return bool(found)

    def _in_force(self, fault: Fault) -> Injected:
        return self._faults.inject(fault)
