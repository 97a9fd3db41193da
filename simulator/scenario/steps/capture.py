"""An eavesdropper on the wire between providers, or one of the two providers themselves."""

from typing import ClassVar
from urllib.parse import urlsplit

import msgspec

from simulator.federation import ExternalProvider, Unsupported
from simulator.scenario.names import EndpointRef, Kind, Names, ProviderRef, StepRef
from simulator.scenario.running.context import Context, Request
from simulator.scenario.step import Step, Unmet

_OF_ANY = ("host", "content-length", "content-type", "accept-encoding")
"""The headers that every request has anew."""


class Capture(Step, frozen=True, tag="capture"):
    """Take the last request from one provider to another at an endpoint, as its bytes were. Names the request."""

    produces: ClassVar[Kind] = Kind.request

    endpoint: EndpointRef
    from_: ProviderRef = msgspec.field(name="from")
    to: ProviderRef
    during: StepRef | None = None
    """Only what that step caused."""

    def endpoint_in(self, names: Names) -> str | None:
        """The endpoint that the captured request is for."""
        return names.meaning(self.endpoint)

    async def run(self, context: Context) -> Request:
        """The captured request. Raises Unsupported for one from an external provider, which nobody here sees, and
        where another one was meant: a step could not be done with an external provider that may have sent it.
        """
        sender = context.session.peer(self.from_)
        if isinstance(sender, ExternalProvider):
            sender.refuse("what it asks others")
        found = [
            exchange
            for exchange in context.exchanges(self.endpoint, self.from_, self.to)
            if self.during is None or exchange.step == context.label(self.during)
        ]
        if not found:
            raise Unmet(f"a request from {self.from_} to {self.to} at {self.endpoint}", "there was none")
        seen = found[-1]
        if self.during is None and context.session.external_providers and seen.step_number < context.last_undone:
            raise Unsupported(
                f"the request that is meant was not sent, because line {context.undone} could not be done"
            )
        endpoint = context.session.draft.named(seen.endpoint)
        variables = endpoint.template.match(urlsplit(seen.url).path) or {}
        headers = tuple(each for each in seen.request_headers if each[0].lower() not in _OF_ANY)
        return Request(self.from_, self.to, seen.endpoint, seen.request, variables, headers)
