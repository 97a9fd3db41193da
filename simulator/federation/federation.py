"""The orchestrator: one nursery in which all providers of a federation run, from the first handshake to the last."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import trio

from simulator.clients import Account, Client
from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint
from simulator.federation.session import Session
from simulator.federation.stranger import Stranger
from simulator.federation.topology import ProviderSpec, Topology
from simulator.federation.user import User
from simulator.mls.crypto import cipher_suite
from simulator.mls.randomness import SeededRand
from simulator.net import Authority, Network, ServerLimits
from simulator.provider import Activity, ManualClock, Provider, Settings, World
from simulator.services import names
from simulator.trace import Recorder


class BadTopology(SimulatorError):
    """A topology that describes no federation."""


@asynccontextmanager
async def open_session(
    topology: Topology, *, seed: int, now: int, recorder: Recorder | None = None
) -> AsyncIterator[Session]:
    """A running federation: all providers up, all clients registered, their KeyPackages published.

    `now` is the protocol time it starts at, in Unix seconds. On leaving everything has ended. Raises BadTopology.
    """
    draft = _draft(topology.draft)
    _check_names(topology)
    clock, activity = ManualClock(now), Activity()
    world = World(draft, Network(clock, activity), Authority(), recorder or Recorder(), clock, activity)
    own = [spec for spec in topology.providers if spec.external is None]
    providers = [Provider(_settings(spec, topology), world, SeededRand(seed, spec.name)) for spec in own]
    strangers = [_stranger(spec) for spec in topology.providers if spec.external is not None]
    homes: dict[str, Provider | Stranger] = {provider.name: provider for provider in providers}
    homes |= {stranger.name: stranger for stranger in strangers}
    async with trio.open_nursery() as nursery:
        for provider in providers:
            await nursery.start(partial(_run, provider))
        users = [user for spec in topology.providers for user in _users(homes[spec.name], spec, topology, world, seed)]
        try:
            yield Session(world, clock, providers, strangers, users)
        finally:
            nursery.cancel_scope.cancel()


async def _run(provider: Provider, *, task_status: trio.TaskStatus[None]) -> None:
    await provider.run(task_status=task_status)


def _check_names(topology: Topology) -> None:
    """Every provider answers under two names of its own: its domain and its DS host."""
    taken: dict[str, str] = {}
    for spec in topology.providers:
        for name in dict.fromkeys((spec.name, spec.ds_host or names.ds_host(spec.name))):
            if name in taken:
                raise BadTopology(f"{spec.name} can't be served at {name}: {taken[name]} is")
            taken[name] = spec.name


def _draft(name: str) -> Draft:
    for draft in DRAFTS:
        if draft.name == name:
            return draft
    raise BadTopology(f"there is no draft {name}{hint(name, [draft.name for draft in DRAFTS])}")


def _settings(spec: ProviderSpec, topology: Topology) -> Settings:
    limits = ServerLimits() if spec.max_body is None else replace(ServerLimits(), body=spec.max_body)
    return Settings(
        spec.name,
        spec.ds_host or names.ds_host(spec.name),
        None if spec.database is None else Path(spec.database),
        http2=topology.http2,
        mutual_tls=topology.mutual_tls,
        rate_limits=spec.rate_limits,
        limits=limits,
    )


def _stranger(spec: ProviderSpec) -> Stranger:
    assert spec.external is not None  # noqa: S101 (the caller has seen to it)
    return Stranger(spec.name, spec.ds_host or names.ds_host(spec.name), spec.external)


def _users(home: Provider | Stranger, spec: ProviderSpec, topology: Topology, world: World, seed: int) -> list[User]:
    users = []
    for name, devices in spec.users.items():
        clients: tuple[Client, ...] = ()
        if isinstance(home, Provider):
            clients = tuple(_client(home, name, device, topology, world, seed) for device in devices)
        users.append(User(name, names.user(spec.name, name), home, clients, devices))
    return users


def _client(provider: Provider, user: str, device: str, topology: Topology, world: World, seed: int) -> Client:
    uri = names.client(provider.name, user, device)
    suite = cipher_suite(topology.suite)
    account = Account.open(uri, provider.counter, world.draft, suite, SeededRand(seed, uri), world.clock.now)
    key = account.identity.signature_public_key
    provider.counter.register(account.user, uri, topology.suite, key)
    client = Client(account, f"{user}.{device}")
    for connection in (False, True):
        client.publish(topology.key_packages, connection=connection, last_resort=topology.last_resort)
    return client
