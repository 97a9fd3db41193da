"""A request in somebody else's name."""

from typing import ClassVar

from simulator.codec import encode
from simulator.drafts.issuer_endpoints import IssuerEndpoint
from simulator.drafts.requests.endpoint import Endpoint, HTTPEndpoint
from simulator.drafts.requests.honest_request import HonestRequest
from simulator.errors import SimulatorError
from simulator.scenario.loading.by_draft import Fields
from simulator.scenario.names import ClientRef, EndpointRef, GroupRef, ProviderRef, UserRef
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.fields import built
from simulator.scenario.running.presented_tokens import PresentedToken
from simulator.scenario.running.signing import sign
from simulator.scenario.running.token_requests import Attested, honest_token_request
from simulator.scenario.step import Conduct, Step


class Spoof(Step, frozen=True, tag="spoof"):
    """A provider writes a request in whosever name it likes and sends it; where providers sign, with its own key.

    `spoof: {by: m.example, to: c.example, endpoint: key_packages, requester: alice, target: carol}`
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    by_http: ClassVar[bool] = True

    by: ProviderRef
    to: ProviderRef
    endpoint: EndpointRef
    fields: Fields = {}
    """Of the endpoint's struct; those that are not said are an honest request's, as far as the draft gives them."""
    requester: UserRef | None = None
    """The user in whose name it is asked, where the draft says that in a field."""
    target: UserRef | None = None
    """The user about whom it is asked."""
    group: GroupRef | None = None
    """The group that it is about."""
    signed_by_client: ClientRef | None = None
    """The client whose key signs it, where clients sign such requests."""
    token: PresentedToken | None = None
    """The token of Privacy Pass that it presents, of a captured request or out of a provider's wallet, also with other
    fields; none if not said."""
    attested: Attested = Attested()
    """What its signature says, where it asks an issuer of Privacy Pass for a token."""

    async def run(self, context: Context) -> int:
        """Under the attacker's own TLS identity. Raises Answered for a refusal."""
        endpoint = context.endpoint(self.endpoint)
        kind = endpoint.request
        if kind is None:
            raise SimulatorError(f"{endpoint.name} takes no struct")
        honest = self._honest(context, endpoint)
        signs = honest.signature is not None and honest.signature not in self.fields
        struct = built(kind, {**honest.fields, **self.fields})
        body = encode(sign(context, struct, self.by if signs else None, self.signed_by_client))
        headers = honest.headers
        if self.token is not None:
            headers = self.token.presented(headers, context, self.to)
        if isinstance(endpoint, IssuerEndpoint):
            headers = (*headers, *self.attested.headers(context, self.by, self.to, endpoint.path, body))
        request = Request(self.by, self.to, endpoint.name, body, honest.variables, headers)
        return await context.submit(request, self.by, self.to)

    def _honest(self, context: Context, endpoint: HTTPEndpoint) -> HonestRequest:
        """What it says where nothing else is said."""
        if isinstance(endpoint, Endpoint):
            return context.session.draft.honest(endpoint, self.by, self.to, self._about(context))
        return honest_token_request(context, self.by, self.to)

    def _about(self, context: Context) -> dict[str, str]:
        users = {"requester": self.requester, "target": self.target}
        about = {role: context.user_uri(name) for role, name in users.items() if name is not None}
        return about if self.group is None else {**about, "group": context.group(self.group)}
