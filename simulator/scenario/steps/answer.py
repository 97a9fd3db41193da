"""A provider that answers something else than it should."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, ClassVar

import msgspec

from simulator.codec import UNBOUNDED, decode, encode
from simulator.drafts.requests.endpoint import HTTPEndpoint, Reply
from simulator.errors import SimulatorError
from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.adversary import Answering
from simulator.scenario.names import Checked, EndpointRef, Names, ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.fields import as_bytes
from simulator.scenario.running.http_text import AnsweredName, AnsweredValue
from simulator.scenario.step import Conduct
from simulator.scenario.steps.edits import Edits


class Answer(Edits, frozen=True, kw_only=True, tag="answer"):
    """From now on a provider's answers at an endpoint are not what they should be: other fields of the struct, another
    body, another status. Until it is told to `behave`, or for so many `times`.

    The provider does what it was asked for all the same. A refusal stays as it is where only fields are changed.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile

    by: ProviderRef
    endpoint: EndpointRef
    status: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    headers: dict[AnsweredName, AnsweredValue] = {}
    """In the place of those of the same name."""
    body: Annotated[str, Checked(as_bytes)] | None = None
    """Text, or bytes in hex after `hex:`, in the place of the struct."""
    replace: dict[str, str] = {}
    """Texts in the body and in values of headers, each with what stands in its place then."""
    size: Annotated[int, msgspec.Meta(ge=0, le=2**26)] = 0
    """Spaces are put behind the body until it has so many bytes."""
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None

    def __post_init__(self) -> None:
        if self.body is not None and self.changes_fields:
            raise SimulatorError('another "body" has no fields that could be changed')

    def check_names(self, names: Names) -> None:
        """Raises Unfit for a path that no answer of the endpoint has."""
        rows = [each for each in names.draft.all_endpoints if each.name == names.meaning(self.endpoint)]
        self.check_paths([each.response for each in rows if each.response is not None])

    async def run(self, context: Context) -> None:
        """Nothing is sent yet."""
        meaning, endpoint = context.meaning(self.endpoint), context.endpoint(self.endpoint)

        def meant(request: HTTPRequest) -> bool:
            return meaning.includes(endpoint.name, endpoint.operation_of(endpoint.wire_request(request.body)))

        lie = Answering(endpoint.template, self._lie(endpoint), self.times, meant if meaning.operations else None)
        context.session.provider(self.by).executor.interceptors.begin(lie)

    def _lie(self, endpoint: HTTPEndpoint) -> Callable[[HTTPReply], HTTPReply]:
        if self.changes_fields and endpoint.response is None:
            raise SimulatorError(f"{self.endpoint} does not answer with a struct")
        headers = {name.lower(): value for name, value in self.headers.items()}

        def lie(reply: HTTPReply) -> HTTPReply:
            body = reply.body
            if self.body is not None:
                body = as_bytes(self.body)
            elif self.changes_fields and endpoint.response is not None and not _is_refusal(endpoint, reply):
                body = encode(self.edited(decode(endpoint.response, body, UNBOUNDED)))
            kept = ((name, value) for name, value in reply.headers if name not in headers)
            fields = tuple((name, self._replaced(value)) for name, value in (*kept, *headers.items()))
            for old, new in self.replace.items():
                body = body.replace(old.encode(), new.encode())
            return replace(reply, status=self.status or reply.status, headers=fields, body=body.ljust(self.size))

        return lie

    def _replaced(self, text: str) -> str:
        for old, new in self.replace.items():
            text = text.replace(old, new)
        return text


def _is_refusal(endpoint: HTTPEndpoint, reply: HTTPReply) -> bool:
    return endpoint.refusals.is_refusal(Reply(reply.status, reply.headers, reply.body))
