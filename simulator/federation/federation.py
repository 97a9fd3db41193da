"""The orchestrator: one nursery in which all providers of a federation run, from the first handshake to the last."""

import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import trio

from simulator.clients import Client, ClientState
from simulator.drafts import registry
from simulator.drafts.features import DraftFeature
from simulator.drafts.verdicts import Verdicts
from simulator.federation.client_events import listen
from simulator.federation.external_provider import ExternalProvider
from simulator.federation.external_routes import ExternalRoutes
from simulator.federation.hosting import tenants
from simulator.federation.repeatable_rand import repeatable_rand
from simulator.federation.session import Session
from simulator.federation.simulated_time import SimulatedTime
from simulator.federation.topology import ProviderSpec, Topology
from simulator.federation.user import User
from simulator.machine import MachineFailure, raise_open_files_limit
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import Rand, SeededRand
from simulator.net import Address, Authority, Network, ServerLimits, kept_authority
from simulator.net.links import Arrivals, NetworkModel, SimulatedLinks
from simulator.provider import Environment, ManualClock, Provider, Settings, SharedHost, WorkTracker, own_port
from simulator.rules import Enforcement
from simulator.services import names
from simulator.trace import Exchange, Recorder


@asynccontextmanager
async def open_session(
    topology: Topology,
    *,
    seed: int,
    now: int,
    recorder: Recorder | None = None,
    authority: Authority | None = None,
    links: NetworkModel | None = None,
    elsewhere: Mapping[str, Address] | None = None,
    ahead: int = 0,
) -> AsyncIterator[Session]:
    """A running federation: all providers up, all clients registered, their KeyPackages published.

    `now` is the protocol time it starts at, in Unix seconds; `authority` issues its certificates, where that is not to
    be the topology's. With a model of its `links` requests take simulated time, which passes by itself. `elsewhere` is
    where names lead that another session serves; clocks of providers are so many seconds `ahead`. On leaving everything
    has ended. Raises BadTopology, UnknownDraft, BadDraft, BadAuthority, PortTaken and MachineFailure.
    """
    with stored(topology) as placed:
        async with _open(
            placed, authority, links, elsewhere or {}, seed=seed, now=now, ahead=ahead, recorder=recorder
        ) as session:
            yield session


@contextmanager
def stored(topology: Topology) -> Iterator[Topology]:
    """The topology with a place for each store that is to be in a file of the run."""
    wanted = [spec for spec in topology.providers if spec.in_file and spec.database is None and spec.external is None]
    if not wanted:
        yield topology
        return
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="mimi-sim-", ignore_cleanup_errors=True)))
        except OSError as error:
            raise MachineFailure(f"there is no temporary folder for the stores: {error.strerror}") from error
        yield replace(
            topology,
            providers=tuple(
                replace(spec, database=str(folder / f"{spec.name}.sqlite")) if spec in wanted else spec
                for spec in topology.providers
            ),
        )


@asynccontextmanager
async def _open(
    topology: Topology,
    authority: Authority | None,
    links: NetworkModel | None,
    elsewhere: Mapping[str, Address],
    *,
    seed: int,
    now: int,
    ahead: int,
    recorder: Recorder | None,
) -> AsyncIterator[Session]:
    draft = registry.named(topology.draft)
    if DraftFeature.optional_mutual_tls in draft.lacks:
        topology = replace(topology, mutual_tls=True)
    hosts = tenants(topology.providers, draft)
    for spec in topology.providers:
        if spec.port is not None and spec.external is None:
            own_port(spec.name, spec.port).close()  # a taken one is told before anything runs
    clock, work_tracker = ManualClock(now), WorkTracker()
    network = Network(clock, work_tracker)
    for name, address in elsewhere.items():
        network.bind(name, address)
    authority = authority or authority_of(topology)
    external_providers = [
        ExternalProvider(spec.name, spec.host(draft), spec.external) for spec in topology.providers if spec.external
    ]
    known = ExternalRoutes(external_providers, network, authority)
    recorder = recorder or Recorder()
    arrivals = Arrivals(clock, work_tracker)
    if links is not None:
        network.links = SimulatedLinks(links, seed, clock, arrivals)
        recorder.simulated_now = network.links.elapsed
    recorder.verdict_on = partial(_verdict, Verdicts(draft))
    environment = Environment(draft, network, authority, recorder, clock, work_tracker, known.discovered)
    rand = randomness(seed, external_providers)
    raise_open_files_limit()
    # What fails from here on leaves no store open, of providers that have run and of those that have not.
    with ExitStack() as opened:
        providers = []
        for spec in topology.providers:
            if spec.external is None:
                host = spec.host(draft)
                settings = _settings(spec, topology, host, hosts[host])
                if links is not None:
                    settings = _without_lines(settings)
                providers.append(Provider(settings, environment, rand(spec.name)))
                providers[-1].skew(ahead)
                opened.callback(providers[-1].close)
        homes: dict[str, Provider | ExternalProvider] = {provider.name: provider for provider in providers}
        homes |= {external.name: external for external in external_providers}
        async with _running(providers, environment) as shared:
            users = [
                user
                for spec in topology.providers
                for user in users_of(homes[spec.name], spec, topology, environment, rand)
            ]
            passing = None if links is None else SimulatedTime(clock, work_tracker, arrivals, seed)
            session = Session(environment, clock, providers, external_providers, users, shared, passing)
            async with _passing(session):
                yield session


@asynccontextmanager
async def _running(providers: Sequence[Provider], environment: Environment) -> AsyncIterator[tuple[SharedHost, ...]]:
    """These providers, and the service hosts that several of them share."""
    shared = _shared_hosts(providers, environment)
    async with trio.open_nursery() as nursery:
        for host in shared:
            await nursery.start(partial(_run, host))
        for provider in providers:
            await nursery.start(partial(_run, provider))
        try:
            yield shared
        finally:
            nursery.cancel_scope.cancel()


@asynccontextmanager
async def _passing(session: Session) -> AsyncIterator[None]:
    """Simulated time, where there is any."""
    if session.simulated_time is None:
        yield
        return
    async with trio.open_nursery() as nursery:
        nursery.start_soon(session.simulated_time.run, lambda: session.users)
        try:
            yield
        finally:
            nursery.cancel_scope.cancel()


def authority_of(topology: Topology) -> Authority:
    """Who issues a federation's certificates. Raises BadAuthority."""
    return Authority() if topology.authority is None else kept_authority(topology.authority)


def _verdict(verdicts: Verdicts, exchange: Exchange) -> tuple[bool, str | None]:
    return verdicts.verdict(exchange.endpoint, exchange.status or 0, exchange.response_headers, exchange.response)


async def _run(machine: Provider | SharedHost, *, task_status: trio.TaskStatus[None]) -> None:
    await machine.run(task_status=task_status)


def randomness(seed: int, external_providers: Sequence[ExternalProvider]) -> Callable[[str], Rand]:
    """The source of random bytes of each provider and each client of ours, by name or URI."""
    run = time.time_ns()
    return (lambda name: repeatable_rand(name, seed, run)) if external_providers else partial(SeededRand, seed)


def _shared_hosts(providers: Sequence[Provider], environment: Environment) -> tuple[SharedHost, ...]:
    """The service hosts that several of our providers share."""
    by_host: dict[str, list[Provider]] = {}
    for provider in providers:
        by_host.setdefault(provider.service_host, []).append(provider)
    return tuple(SharedHost(host, several, environment) for host, several in by_host.items() if len(several) > 1)


def _settings(spec: ProviderSpec, topology: Topology, host: str, tenants_there: tuple[str, ...]) -> Settings:
    usual = ServerLimits()
    limits = replace(
        usual,
        body=usual.body if spec.max_body is None else spec.max_body,
        handshake_seconds=usual.handshake_seconds if spec.handshake_seconds is None else spec.handshake_seconds,
    )
    return Settings(
        spec.name,
        host,
        None if spec.database is None else Path(spec.database),
        http2=topology.http2,
        mutual_tls=topology.mutual_tls,
        rate_limits=spec.rate_limits,
        limits=limits,
        port=spec.port,
        co_tenants=frozenset(tenants_there) - {spec.name},
        tokens=spec.tokens,
        waived={*topology.waived, *spec.waived},
    )


def _without_lines(settings: Settings) -> Settings:
    """The same where no request waits for another in real time: one that waits for simulated time would keep others
    waiting at its server, or for its connection, for as long as nothing else moves.
    """
    limits = settings.limits
    return replace(
        settings,
        limits=replace(limits, turns_per_peer=limits.connections_per_peer),
        client_limits=replace(settings.client_limits, connections=limits.connections_per_peer),
    )


def users_of(
    home: Provider | ExternalProvider,
    spec: ProviderSpec,
    topology: Topology,
    environment: Environment,
    rand: Callable[[str], Rand],
) -> list[User]:
    """The users of a provider, with their clients, which get ready; those of an external one have none here."""
    users = []
    for name, devices in spec.users.items():
        clients: tuple[Client, ...] = ()
        if isinstance(home, Provider):
            clients = tuple(_client(home, name, device, topology, environment, rand) for device in devices)
        users.append(User(name, names.user(spec.name, name), home, clients, devices))
    return users


def _client(
    provider: Provider,
    user: str,
    device: str,
    topology: Topology,
    environment: Environment,
    rand: Callable[[str], Rand],
) -> Client:
    uri = names.client(provider.name, user, device)
    suite = cipher_suite(topology.suite)
    state = ClientState.open(uri, provider.client_api, environment.draft, suite, rand(uri), environment.clock.now)
    state.enforcement = Enforcement(provider.settings.waived)
    key = state.identity.signature_public_key
    provider.client_api.register(state.user, uri, topology.suite, key)
    client = Client(state, f"{user}.{device}")
    listen(client, environment.recorder)
    last_resort = topology.last_resort and environment.draft.mls.last_resort
    for kind in environment.draft.mls.kinds:
        client.publish(topology.key_packages, kind, last_resort=last_resort)
    return client
