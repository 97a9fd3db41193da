"""A request in somebody else's name."""

from typing import ClassVar

from simulator.codec import encode
from simulator.errors import SimulatorError
from simulator.scenario.loading.by_draft import Fields
from simulator.scenario.names import ClientRef, EndpointRef, ProviderRef
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.fields import built
from simulator.scenario.running.signing import sign
from simulator.scenario.step import Step


class Spoof(Step, frozen=True, tag="spoof"):
    """A provider writes a request in whosever name its `fields` say, signs it with its own key and sends it.

    `spoof: {by: m.example, to: c.example, endpoint: connection_key_packages, fields: {sender: a.example, requester:
    "mimi://a.example/u/alice", target: "mimi://c.example/u/carol"}}`
    """

    by_http: ClassVar[bool] = True

    by: ProviderRef
    to: ProviderRef
    endpoint: EndpointRef
    fields: Fields
    """The endpoint's struct. Version, sender, recipient and signature are those of an honest request if not said."""
    signed_by_client: ClientRef | None = None
    """The client whose key signs a DSRequest."""

    async def run(self, context: Context) -> int:
        """Under the attacker's own TLS identity. Raises Answered for a refusal."""
        endpoint = context.endpoint(self.endpoint)
        kind = endpoint.request
        if kind is None:
            raise SimulatorError(f"{self.endpoint} takes no struct")
        honest = {"version": context.session.draft.version, "sender": self.by, "recipient": self.to}
        signs = "signature" in kind.__annotations__ and "signature" not in self.fields
        if signs:
            honest["signature"] = ""
        request = sign(
            context, built(kind, {**honest, **self.fields}), self.by if signs else None, self.signed_by_client
        )
        return await context.submit(Request(self.by, self.to, endpoint.name, encode(request)), self.by, self.to)
