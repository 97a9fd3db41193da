"""Starts a federation in several processes, and ends it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import trio

from simulator.bounded_records import Bounds
from simulator.drafts import registry
from simulator.drafts.features import DraftFeature
from simulator.federation.external_provider import ExternalProvider
from simulator.federation.external_routes import ExternalRoutes
from simulator.federation.federation import authority_of, stored
from simulator.federation.processes.messages import SHARE, Share
from simulator.federation.processes.placement import placed
from simulator.federation.processes.process import GRACE_SECONDS, Process, Processes
from simulator.federation.processes.quiescence import SharedWork
from simulator.federation.processes.remote_client import RemoteClient
from simulator.federation.processes.remote_provider import RemoteProvider
from simulator.federation.processes.remote_recorders import RemoteRecorders
from simulator.federation.processes.spread_session import SpreadSession
from simulator.federation.topology import ProviderSpec, Topology
from simulator.federation.user import User
from simulator.machine import MachineFailure
from simulator.net import Address, Authority, Network
from simulator.provider import Environment, ManualClock
from simulator.services import names
from simulator.trace import Recorder


@asynccontextmanager
async def open_spread_session(
    topology: Topology,
    processes: Processes,
    *,
    seed: int,
    now: int,
    recorder: Recorder | None = None,
    client_bounds: Bounds | None = None,
) -> AsyncIterator[SpreadSession]:
    """As `open_session`, in several of these processes. With `client_bounds` clients keep only their last events.

    Raises as that does.
    """
    draft = registry.named(topology.draft)
    if DraftFeature.optional_mutual_tls in draft.lacks:
        topology = replace(topology, mutual_tls=True)
    parts = placed(topology.providers, draft, processes.most)
    recorder, authority = recorder or Recorder(), authority_of(topology)
    with stored(topology) as placed_topology:
        shares = shares_of(placed_topology, parts, authority, seed, now, recorder, client_bounds)
        running = [await processes.at(share.place) for share in shares]
        async with opened(running, shares, recorder) as addresses:
            clock, work_tracker = ManualClock(now), SharedWork(running)
            network = Network(clock, work_tracker)
            externals = [
                ExternalProvider(spec.name, spec.host(draft), spec.external)
                for spec in topology.providers
                if spec.external
            ]
            known = ExternalRoutes(externals, network, authority)
            for name, address in addresses.items():
                network.bind(name, address)
            environment = Environment(draft, network, authority, recorder, clock, work_tracker, known.discovered)
            providers = {
                spec.name: RemoteProvider(spec.name, spec.host(draft), process)
                for process, share in zip(running, shares, strict=True)
                for spec in share.topology.providers
                if spec.external is None
            }
            homes: dict[str, RemoteProvider | ExternalProvider] = {
                **providers,
                **{each.name: each for each in externals},
            }
            users = [user for spec in topology.providers for user in _users(homes[spec.name], spec)]
            listen(running, providers, users)
            yield SpreadSession(environment, clock, list(providers.values()), externals, users, running)


def shares_of(
    topology: Topology,
    parts: Sequence[Sequence[ProviderSpec]],
    authority: Authority,
    seed: int,
    now: int,
    recorder: Recorder,
    client_bounds: Bounds | None,
) -> list[Share]:
    """What each process is to run: a part of the providers."""
    externals = tuple(spec for spec in topology.providers if spec.external is not None)
    by_name = {spec.name: spec for spec in topology.providers}
    return [
        Share(
            replace(topology, providers=(*(by_name[spec.name] for spec in part), *externals), authority=None),
            place,
            len(parts),
            tuple(by_name),
            (recorder.step, recorder.step_number),
            seed,
            now,
            (authority.certificate_pem, authority.private_key_pem),
            recorder.wire,
            recorder.secrets,
            recorder.bounds,
            client_bounds,
        )
        for place, part in enumerate(parts)
    ]


@asynccontextmanager
async def opened(
    running: Sequence[Process], shares: Sequence[Share], recorder: Recorder
) -> AsyncIterator[Mapping[str, Address]]:
    """The addresses of all names, once all shares are up and know each other's."""
    addresses: dict[str, Address] = {}

    failures: dict[int, Exception] = {}

    async def start(process: Process, share: Share) -> None:
        try:
            addresses.update(await process.open(share))
        except Exception as error:  # the others, which are about to be up, are ended in an orderly way
            failures[share.place] = error

    try:
        async with trio.open_nursery() as nursery:
            for process, share in zip(running, shares, strict=True):
                nursery.start_soon(start, process, share)
        if failures:
            raise failures[min(failures)]
        for process in running:
            process.look((SHARE, ""), ("meet",), (addresses,))
        recorder.elsewhere = RemoteRecorders(running, recorder)
        yield addresses
    finally:
        recorder.elsewhere = None
        await _close(running, recorder)


async def _close(running: Sequence[Process], recorder: Recorder) -> None:
    """End the shares; a process that can't end its in an orderly way is of no use for the next."""
    recorded: dict[int, Any] = {}

    async def close(place: int, process: Process) -> None:
        with suppress(MachineFailure):
            recorded[place] = await process.close()

    with trio.CancelScope(shield=True), trio.move_on_after(GRACE_SECONDS) as scope:
        async with trio.open_nursery() as nursery:
            for place, process in enumerate(running):
                if process.is_open:
                    nursery.start_soon(close, place, process)
    if scope.cancelled_caught:
        for process in running:
            process.terminate()
    recorder.merge([recorded[place] for place in sorted(recorded)])


def _users(home: RemoteProvider | ExternalProvider, spec: ProviderSpec) -> list[User]:
    users = []
    for name, devices in spec.users.items():
        clients: tuple[RemoteClient, ...] = ()
        if isinstance(home, RemoteProvider):
            clients = tuple(
                RemoteClient(f"{name}.{device}", names.client(spec.name, name, device), home.process)
                for device in devices
            )
        users.append(User(name, names.user(spec.name, name), home, clients, devices))
    return users


def listen(running: Sequence[Process], providers: Mapping[str, RemoteProvider], users: Sequence[User]) -> None:
    """Let clients hear what they have noticed, and the providers' logs of their failures."""
    clients = {
        client.uri: client
        for user in users
        if user.at in providers
        for client in user.clients
        if isinstance(client, RemoteClient)
    }
    for process in running:
        process.on_news = lambda client, news: clients[client].hear(news)
        process.on_fault = lambda provider, error: providers[provider].faults.append(error)
