"""An HTTP request of any sort."""

from typing import Annotated, ClassVar
from urllib.parse import SplitResult, urlsplit

import msgspec

from simulator.codec import encode
from simulator.drafts.requests.endpoint import HTTPEndpoint, Outgoing, Place
from simulator.drafts.requests.wire_request import Headers
from simulator.errors import SimulatorError
from simulator.net import HTTPReply
from simulator.scenario.loading.by_draft import Fields
from simulator.scenario.names import Checked, EndpointRef, ProviderRef, RequestRef
from simulator.scenario.running.answers import OtherAnswer, check_answer
from simulator.scenario.running.context import Context, Request
from simulator.scenario.running.fields import as_bytes, built
from simulator.scenario.running.http_text import HeaderText, Method
from simulator.scenario.running.presented_tokens import PresentedToken
from simulator.scenario.running.token_requests import Attested
from simulator.scenario.step import Conduct, Step


class SendRequest(Step, frozen=True, tag="request"):
    """One provider sends another any HTTP request, over HTTPS: also what no well-behaved client sends.

    Whatever is not said is as the endpoint has it. `request: {by: m.example, to: a.example, endpoint: handshake,
    method: PUT}`
    """

    conduct: ClassVar[Conduct] = Conduct.unusual
    by_http: ClassVar[bool] = True

    by: ProviderRef
    to: ProviderRef
    endpoint: EndpointRef | None = None
    """Where method, path, host, content type and struct come from; without one say at least `method` and `path`."""
    method: Method | None = None
    path: str | None = None
    """With its query, if there is to be one; also `*` or anything else that stands there in a request. It is sent as it
    is, in UTF-8."""
    variables: dict[str, str] = {}
    """What the path has for the variable of the endpoint's template; those of `request` if not said."""
    host: HeaderText | None = None
    """What Host (or :authority) says; the connection is to the right server anyway."""
    content_type: HeaderText | None = None
    """`none` leaves the header out."""
    headers: dict[HeaderText, HeaderText] = {}
    """Further headers, names and values sent as they are, also on HTTP/2; in the place of those of the same name that
    would be sent otherwise. With a Content-Length or Transfer-Encoding the body is still sent as it is."""
    body: Annotated[str, Checked(as_bytes)] | None = None
    """Text, or bytes in hex after `hex:`."""
    fields: Fields | None = None
    """The body as the endpoint's struct, field by field."""
    request: RequestRef | None = None
    """A captured request, whose body, and endpoint if none is said, this has."""
    token: PresentedToken | None = None
    """The token of Privacy Pass that it presents: `none`, or that of a captured request or out of a provider's wallet,
    also with other fields; what `request` has if not said."""
    attested: Attested | None = None
    """The signature that a request for a token of Privacy Pass has, `{}` for a good one; none if not said."""
    size: Annotated[int, msgspec.Meta(ge=0, le=2**26)] = 0
    """Zeros are put behind the body until it has so many bytes."""

    def __post_init__(self) -> None:
        if self.endpoint is None and self.request is None and None in (self.method, self.path):
            raise SimulatorError("say which endpoint, or both method and path")
        if [self.body, self.fields, self.request].count(None) < 2:
            raise SimulatorError('the body is either "body", or "fields", or that of "request"')

    async def run(self, context: Context) -> int:
        """The status of a success. Raises Answered or OtherAnswer for an answer that is none, and TransportError."""
        captured = None if self.request is None else context.result(self.request, Request)
        name = self.endpoint or (captured.endpoint if captured else None)
        endpoint = context.endpoint(name) if name else None
        path = self._path(captured, endpoint)
        there = await self._said_by_it(context, captured, endpoint)
        body = self._body(captured, endpoint)
        extra = self._usual_headers(context, endpoint, path) if captured is None else captured.headers
        if self.token is not None:
            extra = self.token.presented(extra, context, self.to)
        if self.attested is not None:
            extra = (*extra, *self.attested.headers(context, self.by, self.to, path, body))
        reply = await self._send(context, endpoint, path, extra, body, there)
        draft = context.session.draft
        asked = endpoint if there else draft.endpoint(path.partition("?")[0])[0]
        check_answer((asked or draft).refusals, reply)
        if reply.status not in ([asked.success] if asked else [row.success for row in draft.endpoints]):
            raise OtherAnswer(reply.status, f"HTTP {reply.status}")
        return reply.status

    def _usual_headers(self, context: Context, endpoint: HTTPEndpoint | None, path: str) -> Headers:
        """Those that every request of this sender to this endpoint has."""
        draft = context.session.draft
        names = {row.name: row for row in draft.endpoints}
        asked = names.get(endpoint.name) if endpoint is not None else draft.endpoint(path.partition("?")[0])[0]
        return () if asked is None else draft.honest(asked, self.by, self.to, {}).headers

    def _path(self, captured: Request | None, endpoint: HTTPEndpoint | None) -> str:
        if self.path is not None or endpoint is None:
            return "/" if self.path is None else self.path
        values = {**(captured.variables if captured else {}), **self.variables}
        try:
            return endpoint.template.expand(**values)
        except KeyError:
            raise SimulatorError(f"{endpoint.name} needs a value for {endpoint.template.variable}") from None

    async def _said_by_it(
        self, context: Context, captured: Request | None, endpoint: HTTPEndpoint | None
    ) -> SplitResult | None:
        """The URL that an external provider says that an endpoint has; None where it does not say. Raises NotOffered,
        BadAnswer or TransportError.
        """
        external = self.to in [each.name for each in context.session.external_providers]
        if not external or endpoint is None or self.path is not None or endpoint.place is Place.own_domain:
            return None
        values = {**(captured.variables if captured else {}), **self.variables}
        outgoing = Outgoing(endpoint.name, endpoint, self.to, b"", values)
        return urlsplit(await context.session.provider(self.by).peers.url(outgoing))

    async def _send(
        self,
        context: Context,
        endpoint: HTTPEndpoint | None,
        path: str,
        extra: Headers,
        body: bytes,
        there: SplitResult | None,
    ) -> HTTPReply:
        sender = context.session.provider(self.by)
        is_discovery = endpoint is not None and endpoint.place is Place.own_domain
        host = self.to if is_discovery else next(iter(await sender.peers.hosts(self.to)), self.to)
        host = host if there is None else there.netloc
        method = self.method if self.method is not None else endpoint.method if endpoint else "GET"
        told = {name.lower() for name in self.headers}
        media_type = self.content_type
        if media_type is None and endpoint is not None and endpoint.request is not None and "content-type" not in told:
            media_type = endpoint.request_type
        kept = tuple(field for field in extra if field[0].lower() not in told)
        headers = (*kept, *self.headers.items())
        variables = endpoint.template.match(path) if endpoint is not None else None
        asked = endpoint if variables is not None else None
        return await sender.http.request(
            method,
            f"https://{host}",
            body,
            target=path if there is None else there.path,
            content_type=None if media_type == "none" else media_type,
            headers=headers if self.host is None else (("host", self.host), *headers),
            endpoint=asked.name if asked else None,
            operation=asked.operation_of(asked.wire_request(body, variables, headers)) if asked else None,
            recipient=self.to,
            variables=variables,
        )

    def _body(self, captured: Request | None, endpoint: HTTPEndpoint | None) -> bytes:
        if captured is not None:
            body = captured.body
        elif self.fields is not None:
            if endpoint is None or endpoint.request is None:
                raise SimulatorError('"fields" need an endpoint that takes a struct')
            body = encode(built(endpoint.request, self.fields))
        else:
            body = as_bytes(self.body or "")
        return body + bytes(max(self.size - len(body), 0))
