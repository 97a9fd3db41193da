"""A running federation, for whoever acts in it: its users and providers by name, what is true of it, how it settles."""

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from simulator.clients import Client
from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.drafts.requests.endpoint import HTTPEndpoint, Outgoing, Reply
from simulator.drafts.requests.wire_request import Headers
from simulator.errors import SimulatorError, hint
from simulator.federation.external_provider import ExternalProvider, Unsupported
from simulator.federation.reading import read_queue
from simulator.federation.simulated_time import SimulatedTime
from simulator.federation.topology import Certificate
from simulator.federation.user import User
from simulator.net import Authority, Network, TLSOutcome, probe_tls
from simulator.net.faults import Fault, Injected, RequestFault
from simulator.provider import Environment, FaultLog, ManualClock, Provider, SharedHost, WorkTracker
from simulator.services.refusal import Refusal
from simulator.trace import Recorder

T = TypeVar("T")


class UnknownName(SimulatorError):
    """Nobody in the federation is called that."""


@dataclass(frozen=True, slots=True)
class RawReply:
    """What came back for bytes that somebody just sent; `error` is the refusal's code, None for a success."""

    http: int
    error: str | None
    description: str
    body: bytes


class Session:
    """Everything that can be done in, and seen of, a running federation.

    What would need the insides of an external provider raises Unsupported: its state, its clients, its machine.
    """

    def __init__(
        self,
        environment: Environment,
        clock: ManualClock,
        providers: Sequence[Provider],
        external_providers: Sequence[ExternalProvider],
        users: Sequence[User],
        shared_hosts: Sequence[SharedHost] = (),
        simulated_time: SimulatedTime | None = None,
    ) -> None:
        self.providers = tuple(providers)
        """Those that we run."""
        self.external_providers = tuple(external_providers)
        """Those that somebody else runs."""
        self.shared_hosts = tuple(shared_hosts)
        """The service hosts that several of our providers share."""
        self.everybody = tuple(users)
        """The users of all providers, whoever runs them."""
        self.simulated_time = simulated_time
        """What lets time pass by itself, where there is a network model."""
        self._environment = environment
        self._clock = clock

    @property
    def recorder(self) -> Recorder:
        """Where everything on the wire is recorded."""
        return self._environment.recorder

    @property
    def draft(self) -> Draft:
        """The protocol that is spoken."""
        return self._environment.draft

    @property
    def network(self) -> Network:
        """Which names lead where."""
        return self._environment.network

    @property
    def authority(self) -> Authority:
        """Who issues the federation's certificates."""
        return self._environment.authority

    @property
    def work_tracker(self) -> WorkTracker:
        """What counts the work that is under way."""
        return self._environment.work_tracker

    @property
    def now(self) -> int:
        """Protocol time in Unix seconds."""
        return self._clock.now()

    @property
    def faults(self) -> tuple[Exception, ...]:
        """Failures of the simulator itself and of this machine so far."""
        return tuple(fault for log in self.fault_logs for fault in log)

    @property
    def fault_logs(self) -> tuple[FaultLog, ...]:
        """Where these are noted: one for each provider that we run, and each service host that several share."""
        providers = tuple(provider.faults for provider in self.providers)
        return (*providers, *(host.faults for host in self.shared_hosts))

    def waive(self, rules: Iterable[str], by: Sequence[Provider] | None = None) -> None:
        """Let providers, all that we run unless told which, and their clients not keep these rules any more (IDs)."""
        given = tuple(rules)
        for provider in self.providers if by is None else by:
            provider.settings.waived.update(given)

    @property
    def users(self) -> tuple[User, ...]:
        """The users of the providers that we run."""
        own = {provider.name for provider in self.providers}
        return tuple(user for user in self.everybody if user.at in own)

    @property
    def clients(self) -> tuple[Client, ...]:
        """All clients, in the order of the topology."""
        return tuple(client for user in self.users for client in user.clients)

    @property
    def peers(self) -> tuple[Provider | ExternalProvider, ...]:
        """All providers, whoever runs them."""
        return (*self.providers, *self.external_providers)

    def peer(self, name: str) -> Provider | ExternalProvider:
        """The provider `a.example`, or `a` if there is only one such, whoever runs it. Raises UnknownName."""
        found = [p for p in self.peers if p.name == name] or [p for p in self.peers if p.name.partition(".")[0] == name]
        return _only(found, "provider", name, [p.name for p in self.peers])

    def provider(self, name: str) -> Provider:
        """As `peer`, but one that we run. Raises UnknownName, and Unsupported for an external one."""
        found = self.peer(name)
        return found.refuse("its state") if isinstance(found, ExternalProvider) else found

    def user(self, name: str) -> User:
        """The user `alice`, or `alice@a.example` where several providers have one, or by URI. Raises UnknownName."""
        found = [u for u in self.everybody if name in (u.name, u.uri, f"{u.name}@{u.at}")]
        return _only(found, "user", name, [u.name for u in self.everybody])

    def client(self, name: str) -> Client:
        """The client `alice.phone`, `alice@a.example.phone`, a URI, or a user with one client for that. Raises
        UnknownName, also for a user with several, and Unsupported for a client of an external provider.
        """
        user, number = self._find(name)
        return user.clients[number]

    def client_uri(self, name: str) -> str:
        """The URI of the client that is called so, whoever runs its provider. Raises UnknownName."""
        user, number = self._find(name)
        return user.client_uris[number]

    def _find(self, name: str) -> tuple[User, int]:
        """A user and the number of its client."""
        devices = [(user, number, device) for user in self.everybody for number, device in enumerate(user.devices)]
        for user, number, device in devices:
            if name in (user.client_uris[number], f"{user.name}@{user.at}.{device}"):
                return user, number
        found = [(user, number) for user, number, device in devices if name == f"{user.name}.{device}"]
        if not found and "." not in name:
            return self.user(name), _only_device(self.user(name))
        return _only(found, "client", name, [f"{user.name}.{device}" for user, _, device in devices])

    def key_package_kind(self, *, connection: bool) -> str:
        """The draft's word for KeyPackages for groups, or for connections. Raises Unsupported if it has none such."""
        kind = CONNECTION if connection else REGULAR
        if kind not in self.draft.mls.kinds:
            raise Unsupported(f"{self.draft.name} has no KeyPackages that are only for connections")
        return kind

    def remove_client(self, name: str) -> None:
        """Its user takes a client off the account. Raises UnknownName, and Refusal if that has happened before."""
        client = self.client(name)
        self.user(client.user).provider.client_api.remove_client(client.uri)
        client.online = False

    def remove_user(self, name: str) -> None:
        """A user's account ends. Raises UnknownName, and Refusal if that has happened before."""
        user = self.user(name)
        user.provider.client_api.remove_user(user.uri)
        for client in user.clients:
            client.online = False

    def advance(self, seconds: int) -> None:
        """Let protocol time pass; what was to happen meanwhile begins to happen."""
        self._clock.advance(seconds)

    async def pass_time(self, seconds: int) -> None:
        """As `advance`, once nothing is under way. With a network model what begins to happen meanwhile also goes on at
        its own time.
        """
        if self.simulated_time is not None:
            await self.simulated_time.advance(seconds)
        else:
            await self.rest()
            self.advance(seconds)

    async def act(self, action: Awaitable[T]) -> T:
        """Do something as a user does it. Raises what it raises."""
        if self.simulated_time is not None:
            return await self.simulated_time.act(action)
        with self._environment.turns.paused():
            return await action

    def inject(self, fault: Fault) -> Injected:
        """Let something go wrong between providers, until the guard that this returns is removed (or its `with` block
        left); see `simulator.net.faults`. Names are whole: `b.example`. Raises UnknownName, and Unsupported where it
        would have to break an external provider's machine.
        """
        from simulator.net.faults import Crash, Restart, Stop

        hosts = [name for peer in self.peers for name in (peer.name, peer.service_host)]
        for name in fault.about:
            _check(name, "provider or host", hosts)
        if isinstance(fault, RequestFault) and fault.where.endpoint is not None:
            rows = self.draft.all_endpoints
            _check(fault.where.endpoint, "endpoint", [row.name for row in rows] + [row.path for row in rows])
        if isinstance(fault, Stop | Restart | Crash):
            for external in self.external_providers:
                if fault.where.recipient in (None, external.name, external.service_host):
                    external.refuse("a fault of its machine")
        return self._in_force(fault)

    def _in_force(self, fault: Fault) -> Injected:
        return self.network.faults.inject(fault)

    def repair(self) -> None:
        """Remove all faults. What is down stays down."""
        self.network.faults.repair()

    async def start(self, provider: str) -> None:
        """Start a provider that is down: with its store, at its port."""
        await self.provider(provider).start()

    async def stop(self, provider: str) -> None:
        """Shut a provider down in good order. Its users can't reach it, nor can anybody else."""
        await self.provider(provider).stop()

    async def crash(self, provider: str) -> None:
        """End a provider in the midst of whatever it does. What it had stored is there when it is started again."""
        await self.provider(provider).crash()

    async def rest(self) -> None:
        """Wait until no provider has anything under way: outboxes are empty or wait for the clock."""
        with self._environment.turns.resumed():
            await self._environment.work_tracker.idle()

    async def settle(self) -> None:
        """Wait until nothing is under way: outboxes are empty or wait for the clock, online clients are up to date.

        What a fault holds up is not waited for. Where this machine fails, as by a store that can't be used, that is
        noted as its provider's, and the others settle all the same.

        Clients read their queues in the order of the topology, so that every run does the same.
        """
        if self.simulated_time is not None:
            await self.simulated_time.settle()
            return
        turns = self._environment.turns
        while True:
            await self.rest()
            asked = turns.asked
            if await self.read_queues() or self._is_busy:  # who crashes as it is read from may start again
                continue
            if turns.asked == asked:
                return

    @property
    def _is_busy(self) -> bool:
        counts = self._environment.work_tracker.counts
        return counts.working > counts.resting

    async def read_queues(self) -> bool:
        """Let each online client read its queue once, in the order of the topology; whether there was anything new.

        What a client does about its news, as to rejoin a group, may be news to the next one: that is waited for, since
        else the speed of this machine would decide which of them sees it in this round.
        """
        news = False
        for user in self.users:
            for client in user.clients:
                if client.is_idle:
                    continue
                with self._environment.turns.paused():
                    found = await read_queue(user, client)
                if found:
                    news = True
                    await self.rest()
        return news

    async def send_raw(
        self,
        sender: str,
        recipient: str,
        endpoint: str,
        body: bytes,
        variables: Mapping[str, str] | None = None,
        headers: Headers = (),
    ) -> RawReply:
        """Send bytes from one provider to an endpoint of another, and read what comes back as the draft has it.

        As `exchange_raw`, and raises BadAnswer also for an answer that the draft does not allow.
        """
        row, reply = await self.exchange_raw(sender, recipient, endpoint, body, variables, headers)
        try:
            row.read(reply)
        except Refusal as refusal:
            return RawReply(reply.status, str(refusal.code), refusal.rule, reply.body)
        return RawReply(reply.status, None, "", reply.body)

    async def exchange_raw(
        self,
        sender: str,
        recipient: str,
        endpoint: str,
        body: bytes,
        variables: Mapping[str, str] | None = None,
        headers: Headers = (),
    ) -> tuple[HTTPEndpoint, Reply]:
        """Send bytes from one provider to an endpoint of another, over HTTPS with the sender's TLS identity. They are
        sent as they are: what is to be paid for has its token in `headers`. The endpoint, and whatever it answered.

        `endpoint` is an endpoint's name, `variables` and `headers` are as in `Outgoing`. Raises UnknownName,
        TransportError, and BadAnswer where the recipient does not say where it serves that.
        """
        rows = self.draft.all_endpoints
        row = next((row for row in rows if row.name == endpoint), None)
        if row is None:
            raise UnknownName(f"there is no endpoint {endpoint}{hint(endpoint, [row.name for row in rows])}")
        peers = self.provider(sender).peers
        operation = row.operation_of(row.wire_request(body, variables, headers))
        outgoing = Outgoing(operation, row, self.peer(recipient).name, body, variables or {}, headers)
        return row, await peers.send(outgoing, pays=False)

    def sign_as(self, provider: str, request: Any) -> Any:
        """A request that providers sign, signed anew with the key of `provider`. Raises Unsupported in a draft in which
        they sign nothing.
        """
        sign = self.provider(provider).keys.sign
        if sign is None:
            raise Unsupported(f"providers sign nothing in {self.draft.name}")
        return self.draft.resign(request, sign)

    async def probe_tls(
        self, recipient: str, *, maximum_version: str = "1.3", certificate_of: str | None = None
    ) -> TLSOutcome:
        """Try a TLS handshake with a provider, as a client that speaks nothing newer than `maximum_version` and shows,
        where it is asked for one, the certificate of a provider, or else none. Raises UnknownName.
        """
        authority = self._environment.authority
        shown = None if certificate_of is None else self.provider(certificate_of).identity
        context = authority.weak_client_context(shown) if maximum_version == "1.2" else authority.client_context(shown)
        return await probe_tls(self._environment.network, self.peer(recipient).service_host, context)

    async def present(self, provider: str, certificate: Certificate) -> None:
        """Let a provider's server show this certificate from now on, and so a shared service host that shows the
        provider's.
        """
        shown, authority = self.provider(provider), self._environment.authority
        make = {
            Certificate.good: authority.identity,
            Certificate.expired: authority.expired,
            Certificate.foreign_ca: authority.foreign,
        }
        if certificate is Certificate.wrong_name:
            identity = authority.wrong_name(shown.name)
        else:
            identity = make[certificate](shown.name, shown.service_host)
        await shown.present(identity)
        for host in self.shared_hosts:
            if host.shows(shown):
                await host.present(identity)


def _check(name: str, kind: str, known: Sequence[str]) -> None:
    if name not in known:
        raise UnknownName(f"there is no {kind} {name}{hint(name, known)}")


def _only_device(user: User) -> int:
    """The number of a user's client. Raises UnknownName if it has several: which one is meant, nobody has said."""
    if len(user.devices) > 1:
        named = " or ".join(f"{user.name}.{device}" for device in user.devices)
        raise UnknownName(f"{user.name} has {len(user.devices)} clients, and one is meant here: say {named}")
    return 0


def _only(found: Sequence[T], kind: str, name: str, known: Sequence[str]) -> T:
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownName(f"there are {len(found)} {kind}s called {name}: say at which provider")
    raise UnknownName(f"there is no {kind} {name}{hint(name, known)}")
