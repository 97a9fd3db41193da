"""The forwarding attack."""

from typing import ClassVar

from simulator.drafts.endpoint import Endpoint, Outgoing
from simulator.net import HTTPClient, HTTPReply
from simulator.scenario.names import ProviderRef, RequestRef
from simulator.scenario.running.answers import check_answer
from simulator.scenario.running.context import Context, Request
from simulator.scenario.step import Step


class Forward(Step, frozen=True, tag="forward"):
    """A provider sends a captured request, unchanged, to a provider of its choice ([T] Security)."""

    by_http: ClassVar[bool] = True

    request: RequestRef
    by: ProviderRef
    to: ProviderRef
    certificate_of: ProviderRef | None = None
    """The provider whose TLS certificate it shows as a client, with the stolen key; its own, if that has to be shown,
    where this is not said."""

    async def run(self, context: Context) -> int:
        """Under the attacker's own TLS identity, or a stolen one."""
        request = context.result(self.request, Request)
        if self.certificate_of is None:
            return await context.submit(request, self.by, self.to)
        endpoint = context.session.draft.named(request.endpoint)
        reply = await self._disguised(context, endpoint, request.body)
        check_answer(endpoint.refusals, reply)
        return reply.status

    async def _disguised(self, context: Context, endpoint: Endpoint, body: bytes) -> HTTPReply:
        session = context.session
        attacker, stolen = session.provider(self.by), session.provider(self.certificate_of or self.by).identity
        url = await attacker.peers.url(Outgoing(endpoint.name, endpoint, self.to, body))
        tls = session.authority.client_context(stolen)
        async with HTTPClient(self.by, session.network, tls, session.recorder) as client:
            return await client.request(
                endpoint.method,
                url,
                body,
                content_type=endpoint.media_type,
                endpoint=endpoint.name,
                operation=endpoint.operation_of(endpoint.wire_request(body)),
                recipient=self.to,
            )
