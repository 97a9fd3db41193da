"""A request in somebody else's name."""

from typing import ClassVar

from simulator.codec import encode
from simulator.errors import SimulatorError
from simulator.scenario.loading.by_draft import Fields
from simulator.scenario.names import ClientRef, EndpointRef, GroupRef, ProviderRef, UserRef
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.fields import built
from simulator.scenario.running.signing import sign
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

    async def run(self, context: Context) -> int:
        """Under the attacker's own TLS identity. Raises Answered for a refusal."""
        endpoint = context.endpoint(self.endpoint)
        kind = endpoint.request
        if kind is None:
            raise SimulatorError(f"{endpoint.name} takes no struct")
        honest = context.session.draft.honest(endpoint, self.by, self.to, self._about(context))
        signs = honest.signature is not None and honest.signature not in self.fields
        struct = built(kind, {**honest.fields, **self.fields})
        body = encode(sign(context, struct, self.by if signs else None, self.signed_by_client))
        request = Request(self.by, self.to, endpoint.name, body, honest.variables, honest.headers)
        return await context.submit(request, self.by, self.to)

    def _about(self, context: Context) -> dict[str, str]:
        users = {"requester": self.requester, "target": self.target}
        about = {role: context.user_uri(name) for role, name in users.items() if name is not None}
        return about if self.group is None else {**about, "group": context.group(self.group)}
