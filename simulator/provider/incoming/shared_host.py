"""A service host that several providers share: one server, and behind it the services of each of them."""

import socket
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from ssl import SSLContext

import trio

from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import Endpoint, OwnFailure
from simulator.errors import Misuse
from simulator.net import (
    HTTPReply,
    HTTPRequest,
    Identity,
    Server,
    ServerFault,
    listening_socket,
    reserved_port,
    serve,
)
from simulator.provider.environment import Environment
from simulator.provider.fault_log import FaultLog
from simulator.provider.incoming.http_binding import answer, wire_request
from simulator.provider.provider import Provider
from simulator.rules import Enforcement, Rule, enforced_by
from simulator.services.refusal import Refusal
from simulator.services.signing import Signature
from simulator.trace import TLSFailure


class SharedHost:
    """The server at one service host, whose `tenants` answer there: each request goes to the one that it is meant for.

    It is a machine of its own: a tenant that is down takes nobody with it, and requests for that one are answered 503.
    Discovery and the provider's own domain stay with each tenant's own server. The host shows the certificate of its
    first tenant, which covers the host's name as every tenant's does: TLS says which host this is, the request which
    provider is meant. As clients, tenants show each its own.
    """

    def __init__(self, name: str, tenants: Sequence[Provider], environment: Environment) -> None:
        if environment.draft.tenancy is None:
            raise Misuse(f"{name} can't be the host of several providers: {environment.draft.name} has no such hosts")
        self._tenancy = environment.draft.tenancy
        self.name = name
        self.service_host = name
        self.domain = None
        self.mutual_tls = tenants[0].settings.mutual_tls
        self.tenants = {tenant.name: tenant for tenant in tenants}
        self.faults = FaultLog()
        """Failures of the simulator itself and of this machine, never of a peer."""
        self._environment = environment
        self._first = tenants[0]
        self._limits = max((tenant.settings.limits for tenant in tenants), key=lambda limits: limits.body)
        self._port: socket.socket | None = None
        self._server: Server | None = None
        self._nursery: trio.Nursery | None = None

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Serve until cancelled; started once others can reach it."""
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                await self._listen(self._first.identity)
                task_status.started()
                await trio.sleep_forever()
        finally:
            if self._port is not None:
                self._port.close()

    def check_rate(self, keys: Sequence[str], rules: Mapping[str, Rule]) -> None:
        """Limits are each tenant's own."""

    def protects(self, endpoint: Endpoint | None) -> bool:
        """Tokens are for each tenant to demand."""
        return False

    async def check_token(self, call: Call) -> None:
        """Tokens are for each tenant to check. Raises RuntimeError."""
        raise RuntimeError(f"{self.name} takes no tokens")

    def spend_token(self, call: Call) -> None:
        """Tokens are for each tenant to spend. Raises RuntimeError."""
        raise RuntimeError(f"{self.name} takes no tokens")

    def decoded(self, operation: str) -> None:
        """Only a tenant decodes all of a request."""

    async def check_signature(self, sender: str, signature: Signature, genuine: Rule) -> None:
        """Signatures are for each tenant to check. Raises RuntimeError."""
        raise RuntimeError(f"{self.name} checks no signatures")

    def shows(self, tenant: Provider) -> bool:
        """Whether the certificate shown is this tenant's."""
        return tenant is self._first

    async def present(self, identity: Identity) -> None:
        """Serve with this certificate from now on: a new server on a new port takes the place of the one before."""
        server, port = self._server, self._port
        await self._listen(identity)
        if server is not None:
            await server.stop()
        if port is not None:
            port.close()

    async def _listen(self, identity: Identity) -> None:
        if self._nursery is None:
            raise RuntimeError(f"{self.name} is not running")
        self._port = reserved_port()
        context = self._environment.authority.server_context(identity, mutual_tls=self.mutual_tls)
        self._server = await self._nursery.start(self._serve, context, self._port.getsockname()[1])
        self._environment.network.bind(self.name, self._server.addresses[0])

    async def _serve(self, context: SSLContext, port: int, *, task_status: trio.TaskStatus[Server]) -> None:
        await serve(
            [listening_socket(port)],
            context,
            self,
            name=self.name,
            report=self._hear,
            limits=self._limits,
            task_status=task_status,
        )

    @property
    def _enforcement(self) -> Enforcement:
        """What none of its tenants keeps, the host does not keep for them."""
        waived = set.intersection(*(tenant.settings.waived for tenant in self.tenants.values()))
        return Enforcement(waived, self._first.executor.event_log.breached)

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        """The reply of the tenant that is meant, or a refusal in the host's own name where none is."""
        draft = self._environment.draft
        call = draft.call(wire_request(request), self)
        with self._environment.work_tracker.part(), enforced_by(self._enforcement):
            return await answer(draft, call, partial(self._pass_on, request, call), self.faults.append)

    async def _pass_on(self, request: HTTPRequest, call: Call) -> HTTPReply:
        await self._check(call)
        tenant = self._tenant_of(call)
        if len(request.body) > tenant.settings.limits.body:  # a tenant may take less than the host does
            await self._check(replace(call, request=replace(call.request, body=b"", body_too_large=True)))
        reply = await tenant.receive(request)
        if reply is None:
            raise OwnFailure(f"{tenant.name} is down", self._tenancy.section, status=503)
        return reply

    async def _check(self, call: Call) -> None:
        """What can be said to a request whoever is meant. Raises Refusal."""
        for check in self._environment.draft.checks:
            if check.shared:
                await check(call)

    def _tenant_of(self, call: Call) -> Provider:
        try:
            return self.tenants[self._tenancy.tenant_of(call, self.tenants)]
        except Refusal as refusal:
            if call.envelope is None:
                raise
            raise refusal.named(call.envelope.operation, self.name) from refusal

    def _hear(self, report: TLSFailure | ServerFault) -> None:
        if isinstance(report, TLSFailure):
            self._environment.recorder.add(report)
        else:
            self.faults.append(report.error)
