"""The session of a federation whose providers have a process each, and can be killed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from simulator.federation.processes.killable_provider import KillableProvider
from simulator.federation.processes.messages import SHARE, Share
from simulator.federation.processes.restartable_process import RestartableProcess
from simulator.federation.processes.spread_session import SpreadSession
from simulator.federation.session import Session
from simulator.federation.user import User
from simulator.net import Address
from simulator.provider import Environment, ManualClock, Provider


class KillableSession(SpreadSession):
    """As any of several processes, but that all clients are here: they read their queues one after the other."""

    def __init__(
        self,
        environment: Environment,
        clock: ManualClock,
        providers: Mapping[str, KillableProvider],
        users: Sequence[User],
        processes: Sequence[RestartableProcess],
        addresses: Mapping[str, Address],
    ) -> None:
        super().__init__(environment, clock, tuple(providers.values()), (), users, processes, machines=providers)
        self._restartable = tuple(processes)
        self._addresses = dict(addresses)
        for process in processes:
            process.renewed = self._renewed
            process.on_return = partial(self._is_back, process)

    def waive(self, rules: Iterable[str], by: Sequence[Provider] | None = None) -> None:
        given = tuple(rules)
        Session.waive(self, given, by)
        super().waive(given, by)

    async def read_queues(self) -> bool:
        return await Session.read_queues(self)

    def _renewed(self, share: Share) -> Share:
        """What holds now, of a share that is about to be run by another process."""
        providers = {each.name: each for each in self.providers}
        specs = [replace(spec, waived=tuple(providers[spec.name].settings.waived)) for spec in share.topology.providers]
        return replace(
            share,
            topology=replace(share.topology, providers=tuple(specs)),
            step=(self.recorder.step, self.recorder.step_number),
            now=self.now,
            elsewhere=self._elsewhere(share),
        )

    def _is_back(self, process: RestartableProcess, addresses: Mapping[str, Address]) -> None:
        """Tell it what has changed since it was started, and the others where it is."""
        share, names = process.share, [spec.name for spec in process.share.topology.providers]
        process.tell((SHARE, ""), ("move",), (self._elsewhere(share),))
        process.tell((SHARE, ""), ("advance",), (self.now - share.now,))
        process.tell((SHARE, ""), ("enter",), (self.recorder.step, self.recorder.step_number))
        for provider in self.providers:
            if provider.name in names:
                process.tell((SHARE, ""), ("waive",), (tuple(provider.settings.waived), [provider.name]))
        self._addresses.update(addresses)
        for name, address in addresses.items():
            self.network.bind(name, address)
        self._faults.put_into(process)
        for other in self._restartable:
            if other is not process:
                other.tell((SHARE, ""), ("move",), (addresses,))

    def _elsewhere(self, share: Share) -> dict[str, Address]:
        """Where all providers are that are not in a share."""
        inside = {spec.name for spec in share.topology.providers}
        own = {name for each in self.providers if each.name in inside for name in (each.name, each.service_host)}
        return {name: address for name, address in self._addresses.items() if name not in own}
