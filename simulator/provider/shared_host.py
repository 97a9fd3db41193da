"""A DS host that several providers share: one server, and behind it the Delivery Service of each of them."""

import socket
from collections.abc import Sequence
from functools import partial
from ssl import SSLContext

import trio

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
from simulator.provider.fault_log import FaultLog
from simulator.provider.http_checks import SECTION, Misdirected, answer, find, too_large, wire_request
from simulator.provider.provider import Provider, World
from simulator.services.refusal import Code, Refusal
from simulator.trace import TLSFailure


class SharedHost:
    """The server at one DS host, whose `tenants` answer there: each request goes to the one that is its recipient.

    It is a machine of its own: a tenant that is down takes nobody with it, and requests for that one are answered 503.
    Discovery and the provider's own domain stay with each tenant's own server. The host shows the certificate of its
    first tenant, which covers the host's name as every tenant's does: TLS says which host this is, the recipient under
    the signature which provider is meant. As clients, tenants show each its own.
    """

    def __init__(self, name: str, tenants: Sequence[Provider], world: World) -> None:
        self.name = name
        self.tenants = {tenant.name: tenant for tenant in tenants}
        self.faults = FaultLog()
        """Failures of the simulator itself and of this machine, never of a peer."""
        self._world = world
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
        context = self._world.authority.server_context(identity, mutual_tls=self._first.settings.mutual_tls)
        self._server = await self._nursery.start(self._serve, context, self._port.getsockname()[1])
        self._world.network.bind(self.name, self._server.addresses[0])

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

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        """The reply of the tenant that is meant, or a refusal in the host's own name where none is."""
        draft = self._world.draft
        with self._world.work_tracker.part():
            return await answer(draft, self.name, request.path, partial(self._pass_on, request), self.faults.append)

    async def _pass_on(self, request: HTTPRequest) -> HTTPReply:
        endpoint, asked = find(self._world.draft, wire_request(request), None, self.name)
        head = endpoint.head(asked)
        recipient = head.recipient or "nobody"
        if recipient not in self.tenants:
            rule = f"this is for {recipient}, and {self.name} is the DS host of {' and '.join(self.tenants)}"
            raise Refusal(Code.wrong_recipient, rule, SECTION).named(head.operation, self.name)
        tenant = self.tenants[recipient]
        if len(request.body) > tenant.settings.limits.body:
            raise too_large()
        reply = await tenant.receive(request)
        if reply is None:
            raise Misdirected(Refusal(Code.internal, f"{recipient} is down", SECTION), 503)
        return reply

    def _hear(self, report: TLSFailure | ServerFault) -> None:
        if isinstance(report, TLSFailure):
            self._world.recorder.add(report)
        else:
            self.faults.append(report.error)
