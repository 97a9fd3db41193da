"""The forwarding attack."""

from dataclasses import replace
from typing import ClassVar

from simulator.drafts.requests.endpoint import Outgoing
from simulator.net import HTTPClient, HTTPReply
from simulator.scenario.names import ProviderRef, RequestRef
from simulator.scenario.running.answers import check_answer
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.presented_tokens import PresentedToken
from simulator.scenario.step import Conduct, Step


class Forward(Step, frozen=True, tag="forward"):
    """A provider sends a captured request, unchanged but for its token, to a provider of its choice."""

    conduct: ClassVar[Conduct] = Conduct.hostile
    by_http: ClassVar[bool] = True

    request: RequestRef
    by: ProviderRef
    to: ProviderRef
    certificate_of: ProviderRef | None = None
    """The provider whose TLS certificate it shows as a client, with the stolen key; its own, if that has to be shown,
    where this is not said."""
    token: PresentedToken | None = None
    """The token of Privacy Pass that it presents: `none`, or that of another captured request or out of a provider's
    wallet, also with other fields; what `request` has if not said."""

    async def run(self, context: Context) -> int:
        """Under the attacker's own TLS identity, or a stolen one."""
        request = context.result(self.request, Request)
        if self.token is not None:
            request = replace(request, headers=self.token.presented(request.headers, context, self.to))
        if self.certificate_of is None:
            return await context.submit(request, self.by, self.to)
        endpoint = context.session.draft.named(request.endpoint)
        wire = endpoint.wire_request(request.body, request.variables, request.headers)
        operation = endpoint.operation_of(wire)
        outgoing = Outgoing(operation, endpoint, self.to, request.body, request.variables, request.headers)
        reply = await self._disguised(context, outgoing)
        check_answer(endpoint.refusals, reply)
        return reply.status

    async def _disguised(self, context: Context, outgoing: Outgoing) -> HTTPReply:
        session = context.session
        attacker, stolen = session.provider(self.by), session.provider(self.certificate_of or self.by).identity
        url = await attacker.peers.url(outgoing)
        tls = session.authority.client_context(stolen)
        async with HTTPClient(self.by, session.network, tls, session.recorder) as client:
            return await client.request(
                outgoing.endpoint.method,
                url,
                outgoing.body,
                content_type=outgoing.endpoint.request_type,
                headers=outgoing.headers,
                endpoint=outgoing.endpoint.name,
                operation=outgoing.operation,
                recipient=self.to,
                variables=outgoing.variables,
            )
