"""One provider: services, store and keys on one side, a server and a client on the other."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import trio

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.machine import MachineFailure
from simulator.mls.crypto.randomness import Rand
from simulator.net import (
    ClientLimits,
    HTTPClient,
    HTTPReply,
    HTTPRequest,
    Identity,
    Server,
    ServerFault,
    ServerLimits,
    listening_socket,
    reserved_port,
    serve,
)
from simulator.net.failpoint import Failpoint
from simulator.net.tls.context_when_used import ContextWhenUsed
from simulator.provider.client_api import ClientAPI
from simulator.provider.clock import OwnClock
from simulator.provider.environment import Environment
from simulator.provider.failpoints import Crashes, Failpoints
from simulator.provider.fault_log import FaultLog
from simulator.provider.in_this_process import InThisProcess
from simulator.provider.incoming.dispatch import Dispatch
from simulator.provider.incoming.hosted_requests import HostedRequests
from simulator.provider.incoming.request_handler import RequestHandler
from simulator.provider.outgoing.fan_out import FanOut
from simulator.provider.outgoing.keyring import Keyring
from simulator.provider.outgoing.peers import Peers
from simulator.provider.own_port import own_port
from simulator.provider.parts import Parts
from simulator.provider.protocol_events import ProtocolEventLog
from simulator.provider.service_executor import ServiceExecutor
from simulator.provider.store_failures import StoreFailures
from simulator.services.delivery import queueing
from simulator.services.limits.policy import Policy
from simulator.services.limits.rate_limit import Limit, RateLimiter
from simulator.services.tokens.settings import TokenSettings
from simulator.storage import Fails, Store, UndeliveredReport
from simulator.trace import TLSFailure

if TYPE_CHECKING:
    from simulator.provider.token_parts import TokenParts


@dataclass(frozen=True, slots=True)
class Settings:
    """What makes one provider differ from another."""

    name: str
    service_host: str
    database: Path | None = None
    """The file of its state; None keeps it in memory."""
    http2: bool = False
    """Whether it speaks HTTP/2 to others; it serves both versions."""
    mutual_tls: bool = False
    policy: Policy = field(default_factory=Policy)
    rate_limits: Mapping[str, Limit] = field(default_factory=dict)
    limits: ServerLimits = field(default_factory=ServerLimits)
    client_limits: ClientLimits = field(default_factory=ClientLimits)
    """Its timeouts: also how long it tries to deliver before it tries again later."""
    port: int | None = None
    """The loopback port of its server; None for any that is free."""
    co_tenants: frozenset[str] = frozenset()
    """The providers that share its service host: if there are any, that host's server is not its own."""
    tokens: TokenSettings | None = None
    """What it does with tokens; None where it does not know Privacy Pass."""
    waived: set[str] = field(default_factory=set)
    """The IDs of the rules that it and its clients do not keep. May change while it runs."""


@dataclass(slots=True)
class _Running:
    """What there is of a provider only while it is up."""

    nursery: trio.Nursery
    fan_out: FanOut
    over: trio.Event
    hosted_requests: HostedRequests
    server: Server | None = None
    ending: bool = False
    crashing: bool = True
    """Whether its end comes in the midst of its work."""


class Provider(InThisProcess):
    """A messaging provider, the hub of some groups and a follower in others.

    It is a machine, too: while `run` runs it can be stopped, crash and be started again, at the same port and with the
    same store (one in memory outlives it as a disk would); whatever else it knew is forgotten.
    """

    def __init__(self, settings: Settings, environment: Environment, rand: Rand) -> None:
        self.name = settings.name
        self.service_host = settings.service_host
        self.settings = settings
        self.identity = environment.authority.identity(settings.name, settings.service_host)
        """The certificate it shows as a client, and as a server unless told otherwise."""
        self.faults = FaultLog()
        """Failures of the simulator itself and of this machine, never of a peer."""
        self.clock = OwnClock(environment.clock)
        self._environment = environment
        self._store_failures = StoreFailures()
        self._shown = self.identity
        self._port: socket.socket | None = None
        self._machine: trio.Nursery | None = None
        self._running: _Running | None = None
        self._starting = trio.Lock()
        self.failpoints = Failpoints(settings.name, self.break_down, lambda: self.is_up)
        """Where one can let it crash at a certain point of its work."""
        self.executor = ServiceExecutor(
            settings.name,
            settings.service_host,
            Store(settings.database),
            settings.policy,
            self.clock,
            rand,
            RateLimiter(settings.rate_limits),
            self.failpoints,
            environment.draft.rules,
            settings.co_tenants,
            waived=settings.waived,
            binds_requests=_binds_requests(settings, environment.draft),
        )
        self.executor.event_log = ProtocolEventLog(settings.name, environment.recorder, environment.draft.follows)
        self.http = HTTPClient(
            settings.name,
            environment.network,
            environment.authority.client_context(self.identity if settings.mutual_tls else None, http2=settings.http2),
            environment.recorder,
            http2=settings.http2,
            limits=settings.client_limits,
            certified=environment.draft.discovery.certified,
        )
        self.peers = Peers(
            environment.draft, self.executor, self.http, environment.work_tracker, environment.discovered
        )
        self.keys = Keyring(environment.draft, self.executor, self.peers, environment.work_tracker)
        """With which keys it and others sign."""
        tracker, turns = environment.work_tracker, environment.turns
        self.parts = Parts(environment.draft, self.executor, self.peers, self.keys, tracker, self.failpoints, turns)
        self.tokens = None if settings.tokens is None else _token_parts(settings.tokens, self.parts)
        """How it issues, takes and pays with tokens; None where it does not."""
        guard = self.tokens.guard if self.tokens else None
        handler = RequestHandler(self.parts, mutual_tls=settings.mutual_tls, guard=guard)
        unnamed = settings.tokens is not None and settings.tokens.unnamed
        self.client_api = ClientAPI(self.parts, handler, unnamed=unnamed)
        """What its own users and their clients are served at."""
        self._dispatch = Dispatch(environment.draft, handler, environment.work_tracker, self.faults.append)
        self._issuer = self.tokens.issuer(handler, self.faults.append) if self.tokens else None

    @property
    def is_up(self) -> bool:
        """Whether it serves."""
        return self._running is not None and not self._running.ending

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Be there until cancelled; started once others can reach it."""
        self._environment.network.faults.machines[self.name] = self
        try:
            async with trio.open_nursery() as nursery:
                self._machine = nursery
                await self.start()
                task_status.started()
                await trio.sleep_forever()
        finally:
            self.close()

    def close(self) -> None:
        """Give back its port and its store, once it does not run, or never did. Nothing if that is done."""
        if self._port is not None:
            self._port.close()
        self.executor.store.close()

    async def start(self) -> None:
        """Serve and fan out, with what the store remembers. Nothing if it does already, or somebody has begun to start
        it.

        Where this machine can't, it stays down, and has noted why. Raises MachineFailure then.
        """
        if self._machine is None:
            raise RuntimeError(f"{self.name} is not running")
        async with self._starting:
            if self._running is not None and self._running.ending:
                await self._running.over.wait()
            if self._running is None:
                try:
                    await self._machine.start(self._live)
                except MachineFailure as failure:
                    self.faults.append(failure)
                    raise

    async def stop(self) -> None:
        """Shut down: requests that are being served get their answers. Nothing if it is down."""
        running = self._running
        if running is not None and running.server is not None:
            running.crashing = False
            await running.hosted_requests.close()
            await running.server.stop()
            if self._running is None and not running.ending:  # with nothing else under way, it ended with its server
                self.executor.event_log.changed_state("Stopped")
        await self.crash()

    async def crash(self) -> None:
        """End at once, in the midst of whatever is under way. Nothing if it is down."""
        running = self._running
        if running is not None:
            self.break_down()
            await running.over.wait()

    def break_down(self, at: Failpoint | None = None, operation: str | None = None) -> None:
        """Let nothing go on that has not already happened: it has come to this point, where anybody says so."""
        running = self._running
        if running is not None and not running.ending:
            running.ending = True
            self._environment.work_tracker.begin()
            self.executor.event_log.changed_state("Crashed" if running.crashing else "Stopped", at, operation)
            self.executor.close()
            running.fan_out.close()
            running.hosted_requests.cancel_all()
            running.nursery.cancel_scope.cancel()
            self.peers.hang_up()

    def skew(self, seconds: int) -> None:
        """Let its clock be so far ahead of the federation's, or behind."""
        self.clock.set_ahead(seconds)

    def crash_at(self, key: object, crashes: Crashes | None) -> None:
        """Let it crash where `crashes` says so."""
        self.failpoints.watch(key, crashes)

    def rand(self, purpose: str, n: int) -> bytes:
        """So many of its random bytes, for nothing but this purpose."""
        return self.executor.context().rand(purpose, n)

    def let_store_fail(self, key: object, fails: Fails | None) -> None:
        """Let statements of its store fail where `fails` says so, in this life and those that follow."""
        self._store_failures.watch(key, fails)
        self.executor.store.let_fail(self._store_failures.fails)

    def start_again(self) -> None:
        """Start as soon as the end that is under way, or is just about to come, is over."""
        if self._machine is not None:
            self._environment.work_tracker.begin()
            back = self._environment.network.returning.begin(self.name, self.service_host)
            self._machine.start_soon(self._start_again, back)

    async def _start_again(self, back: Callable[[], None]) -> None:
        try:
            await self.start()
        except MachineFailure:  # which is noted
            self.clock.call_after(1, self.start_again)
        finally:
            back()
            self._environment.work_tracker.end()

    async def receive(self, request: HTTPRequest) -> HTTPReply | None:
        """The reply to a request that came in at a service host which it shares; None if it is down, or goes down."""
        return (
            None
            if self._running is None
            else await self._running.hosted_requests.receive(partial(self._answer, request))
        )

    async def present(self, identity: Identity) -> None:
        """Serve with this certificate from now on: a new server on a new port takes the place of the one before. Where
        the settings have a port, the provider is started anew instead.
        """
        self._shown = identity
        if self._running is None:
            return
        if self.settings.port is not None:
            await self.stop()
            await self.start()
            return
        server, port = self._running.server, self._port
        self._port = reserved_port()
        await self._listen(self._running)
        if server is not None:
            await server.stop()
        if port is not None:
            port.close()

    async def _live(self, *, task_status: trio.TaskStatus[None]) -> None:
        if not self.executor.is_open:
            self._remember()
        over, is_told = trio.Event(), False
        try:
            async with trio.open_nursery() as nursery:
                fan_out = FanOut(self.parts, self.clock, nursery, self.faults.append)
                self._running = _Running(nursery, fan_out, over, HostedRequests())
                self.executor.on_effects = fan_out.wake
                await self._listen(self._running)
                fan_out.wake_all()
                self.executor.event_log.changed_state("Started")
                is_told = True
                task_status.started()
            if not is_told:
                task_status.started()  # it has crashed before it was up: whoever started it has nothing to wait for
        finally:
            with trio.CancelScope(shield=True):
                await self.http.aclose()
            self._end(over)

    def _end(self, over: trio.Event) -> None:
        self.executor.close()
        running, self._running = self._running, None
        if running is not None:
            running.fan_out.close()
            if running.ending:
                self._environment.work_tracker.end()
        over.set()

    def _remember(self) -> None:
        """Come back from the store alone. Where that can't be opened, one can still look at it as it was."""
        store = self.executor.store
        if self.settings.database is not None:
            store = Store(self.settings.database, self._store_failures.fails)
            self.executor.store.close()
        self.executor.open(store, RateLimiter(self.settings.rate_limits))

    async def _listen(self, running: _Running) -> None:
        self._port = self._port or own_port(self.name, self.settings.port)
        make = partial(self._environment.authority.server_context, self._shown, mutual_tls=self.settings.mutual_tls)
        context = ContextWhenUsed(make)
        running.server = await running.nursery.start(self._serve, context, self._port.getsockname()[1])
        self._environment.network.bind(self.name, running.server.addresses[0])
        if not self.settings.co_tenants:
            self._environment.network.bind(self.service_host, running.server.addresses[0])

    def queued(self, client: str) -> int:
        """How many messages wait for a client. Raises Refusal unknown_user."""
        return len(self.executor.do(partial(queueing.fetch, client)))

    def remaining_key_packages(self, client: str, kind: str) -> int:
        """How many KeyPackages of a client are in stock, one of last resort not counted."""
        return self.executor.store.key_packages.count(client, kind, self.clock.now())

    @property
    def undelivered(self) -> tuple[UndeliveredReport, ...]:
        """What other providers will never get from it, and why; oldest first."""
        return self.executor.store.undelivered.all()

    def fingerprint(self) -> str:
        """A hash of all that the provider remembers: equal exactly if nothing differs."""
        return self.executor.store.fingerprint()

    def own_rows(self) -> dict[str, frozenset[bytes]]:
        """By table of its store, a hash of each row, without what it has only learned of other providers."""
        return self.executor.store.own_rows()

    def lasting_rows(self) -> dict[str, frozenset[bytes]]:
        """The same without what is only on its way through it."""
        return self.executor.store.lasting_rows()

    async def _serve(self, context: ContextWhenUsed, port: int, *, task_status: trio.TaskStatus[Server]) -> None:
        await serve(
            [listening_socket(port)],
            context,
            self._answer,
            name=self.name,
            report=self._hear,
            limits=self.settings.limits,
            task_status=task_status,
        )

    async def _answer(self, request: HTTPRequest) -> HTTPReply:
        serve = self._issuer if self._issuer is not None and self._issuer.serves(request.path) else self._dispatch
        return self.executor.interceptors.reply(request, await serve(request))

    def _hear(self, report: TLSFailure | ServerFault) -> None:
        if isinstance(report, TLSFailure):
            self._environment.recorder.add(report)
        else:
            self.faults.append(report.error)


def _binds_requests(settings: Settings, draft: Draft) -> bool:
    """Whether it takes tokens where requesters may be unnamed."""
    tokens = settings.tokens
    return tokens is not None and any(row.unnamed and row.name in tokens.protects for row in draft.endpoints)


def _token_parts(settings: TokenSettings, parts: Parts) -> "TokenParts":
    from simulator.provider.token_parts import TokenParts  # few providers have to do with tokens

    return TokenParts.of(settings, parts)
