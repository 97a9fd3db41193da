"""One provider: services, store and keys on one side, a server and a client on the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext

import trio

from simulator.drafts.draft import Draft
from simulator.mls.randomness import Rand
from simulator.net import (
    Authority,
    HTTPClient,
    Identity,
    Network,
    Server,
    ServerFault,
    ServerLimits,
    listening_socket,
    serve,
)
from simulator.provider.activity import Activity
from simulator.provider.clock import Clock
from simulator.provider.counter import Counter
from simulator.provider.desk import Desk
from simulator.provider.dispatch import Dispatch
from simulator.provider.fan_out import FanOut
from simulator.provider.peers import Peers
from simulator.services.policy import Policy
from simulator.services.rate_limit import Limit, RateLimiter
from simulator.storage import KeyPackageKind, Store
from simulator.trace import Recorder, TLSFailure


@dataclass(frozen=True, slots=True)
class Settings:
    """What makes one provider differ from another."""

    name: str
    ds_host: str
    database: Path | None = None
    """The file of its state; None keeps it in memory."""
    http2: bool = False
    """Whether it speaks HTTP/2 to others; it serves both versions."""
    mutual_tls: bool = False
    policy: Policy = field(default_factory=Policy)
    rate_limits: Mapping[str, Limit] = field(default_factory=dict)
    limits: ServerLimits = field(default_factory=ServerLimits)


@dataclass(frozen=True, slots=True)
class World:
    """What all providers of a federation share."""

    draft: Draft
    network: Network
    authority: Authority
    recorder: Recorder
    clock: Clock
    activity: Activity


class Provider:
    """A messaging provider, owning some groups and a guest in others. Runs as long as `run` does."""

    def __init__(self, settings: Settings, world: World, rand: Rand) -> None:
        self.name = settings.name
        self.ds_host = settings.ds_host
        self.settings = settings
        self.identity = world.authority.identity(settings.name, settings.ds_host)
        """The certificate it shows as a client, and as a server unless told otherwise."""
        self.faults: list[Exception] = []
        """Failures of the simulator itself, never of a peer."""
        self._world = world
        self._store = Store(settings.database)
        self.desk = Desk(
            settings.name,
            settings.ds_host,
            self._store,
            settings.policy,
            world.clock,
            rand,
            RateLimiter(settings.rate_limits),
        )
        shown = self.identity if settings.mutual_tls else None
        context = world.authority.client_context(shown, http2=settings.http2)
        self.http = HTTPClient(settings.name, world.network, context, world.recorder, http2=settings.http2)
        self.peers = Peers(world.draft, self.desk, self.http)
        self.counter = Counter(world.draft, self.desk, self.peers)
        """What its own users and their clients are served at."""
        self._dispatch = Dispatch(
            world.draft, self.desk, self.peers, mutual_tls=settings.mutual_tls, report=self.faults.append
        )
        self._server: Server | None = None
        self._nursery: trio.Nursery | None = None

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Serve and fan out until cancelled; started once others can reach it."""
        world = self._world
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                fan_out = FanOut(world.draft, self.desk, self.peers, world.clock, world.activity, nursery)
                self.desk.on_effects = fan_out.wake
                await self.present(self.identity)
                fan_out.wake()
                task_status.started()
        finally:
            with trio.CancelScope(shield=True):
                await self.http.aclose()
            self._store.close()

    async def present(self, identity: Identity) -> None:
        """Serve with this certificate from now on: a new server on a new port takes the place of the one before."""
        if self._nursery is None:
            raise RuntimeError(f"{self.name} is not running")
        before = self._server
        context = self._world.authority.server_context(identity, mutual_tls=self.settings.mutual_tls)
        self._server = await self._nursery.start(self._serve, context)
        for name in (self.name, self.ds_host):
            self._world.network.bind(name, self._server.addresses[0])
        if before is not None:
            await before.stop()

    def queued(self, client: str) -> int:
        """How many messages wait for a client. Raises Refusal unknown_user."""
        return len(self.counter.fetch(client))

    def remaining_key_packages(self, client: str, *, connection: bool = False) -> int:
        """How many KeyPackages of a client are in stock, one of last resort not counted."""
        kind = KeyPackageKind.connection if connection else KeyPackageKind.regular
        return self._store.key_packages.count(client, kind, self._world.clock.now())

    def fingerprint(self) -> str:
        """A hash of all that the provider remembers: equal exactly if nothing differs."""
        return self._store.fingerprint()

    async def _serve(self, context: SSLContext, *, task_status: trio.TaskStatus[Server]) -> None:
        await serve(
            [listening_socket()],
            context,
            self._dispatch,
            name=self.name,
            report=self._hear,
            limits=self.settings.limits,
            task_status=task_status,
        )

    def _hear(self, report: TLSFailure | ServerFault) -> None:
        if isinstance(report, TLSFailure):
            self._world.recorder.add(report)
        else:
            self.faults.append(report.error)
