"""Starts a federation whose providers have a process each, which can be killed; their clients stay."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import trio

from simulator.drafts import registry
from simulator.drafts.features import DraftFeature
from simulator.federation.external_provider import Unsupported
from simulator.federation.federation import authority_of, randomness, stored, users_of
from simulator.federation.processes.killable_provider import KillableProvider
from simulator.federation.processes.killable_session import KillableSession
from simulator.federation.processes.placement import placed
from simulator.federation.processes.process import running_processes
from simulator.federation.processes.quiescence import SharedWork
from simulator.federation.processes.restartable_process import RestartableProcess
from simulator.federation.processes.spread import listen, opened, shares_of
from simulator.federation.topology import ProviderSpec, Topology
from simulator.net import Network
from simulator.provider import Environment, ManualClock, Settings
from simulator.trace import Recorder


@asynccontextmanager
async def open_killable_session(
    topology: Topology, *, seed: int, now: int, recorder: Recorder | None = None
) -> AsyncIterator[KillableSession]:
    """As `open_session`, with a process for each provider, or for those that share a service host. Raises as that does,
    and Unsupported for a provider that somebody else runs.
    """
    for spec in topology.providers:
        if spec.external is not None:
            raise Unsupported(f"{spec.name} is an external provider: nobody else is killed beside it")
    draft = registry.named(topology.draft)
    if DraftFeature.optional_mutual_tls in draft.lacks:
        topology = replace(topology, mutual_tls=True)
    recorder, authority = recorder or Recorder(), authority_of(topology)
    with stored(topology) as wanted:
        alone = replace(wanted, providers=tuple(replace(spec, users={}) for spec in wanted.providers))
        parts = placed(alone.providers, draft, len(alone.providers))
        shares = shares_of(alone, parts, authority, seed, now, recorder, None)
        async with running_processes(len(shares)) as processes:
            running: list[RestartableProcess] = []
            work_tracker = SharedWork(running)
            running += [RestartableProcess(processes, work_tracker) for _ in shares]
            async with opened(running, shares, recorder) as addresses, trio.open_nursery() as nursery:
                for process in running:
                    await nursery.start(process.run)
                clock = ManualClock(now)
                network = Network(clock, work_tracker)
                for name, address in addresses.items():
                    network.bind(name, address)
                environment = Environment(draft, network, authority, recorder, clock, work_tracker)
                providers = {
                    spec.name: KillableProvider(_settings(spec, wanted), process, work_tracker)
                    for process, part in zip(running, parts, strict=True)
                    for spec in part
                }
                rand = randomness(seed, ())
                users = [
                    user
                    for spec in wanted.providers
                    for user in users_of(providers[spec.name], spec, wanted, environment, rand)
                ]
                listen(running, providers, users)
                yield KillableSession(environment, clock, providers, users, running, addresses)
                nursery.cancel_scope.cancel()


def _settings(spec: ProviderSpec, topology: Topology) -> Settings:
    """What is said of it here; the rest is known where it runs."""
    return Settings(
        spec.name,
        spec.host(registry.named(topology.draft)),
        None if spec.database is None else Path(spec.database),
        waived={*topology.waived, *spec.waived},
    )
