"""`identifierQuery`: anybody asks a provider which of its users has an identifier."""

from dataclasses import replace

from simulator.codec import DecodeError, decode
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.binding.opening import ascends, in_path, opened
from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierQueryCode,
    IdentifierRequest,
    IdentifierResponse,
)
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, read_struct, refusals, succeed
from simulator.drafts.mimi_protocol_06.rules.identifier_query import search
from simulator.drafts.mimi_protocol_06.sender import head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.names import fqdn
from simulator.services.refusal import Code, ReceivedRefusal, Refusal
from simulator.services.results import Done
from simulator.services.service_context import ServiceContext

NAME = "identifierQuery"

_CODES = {
    IdentifierQueryCode.not_found: Code.unknown_user,
    IdentifierQueryCode.forbidden: Code.not_authorized,
    IdentifierQueryCode.unsupported_field: Code.malformed,
}
"""What an answer means that has no users; more than one may have the same identifier."""


@dataclass(frozen=True, slots=True)
class Found(Done):
    """The users (URIs) for whom a query holds."""

    users: tuple[str, ...]


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed."""
    domain = in_path(request, fqdn)
    asked = opened(IdentifierRequest, request.body)
    ascends(asked.id_request_extensions)

    def perform(context: ServiceContext) -> Answer:
        return Answer(succeed(search(domain, asked.query_elements, context)))

    known = head(NAME)(request)
    return Incoming(replace(known, rate_keys=(f"requester {known.sender}",)), perform)


def _read_refusal(body: bytes) -> Refusal | None:
    try:
        found = decode(IdentifierResponse, body)
    except DecodeError:
        return None
    code = _CODES.get(found.response_code)
    return None if code is None else ReceivedRefusal(code, f"the query is answered by {found.response_code.name}")


REFUSALS = refusals(read=_read_refusal)


def read_answer(reply: Reply) -> Found:
    """The users that were found. Raises the peer's Refusal, or BadAnswer."""
    response: IdentifierResponse = read_struct(REFUSALS, IdentifierResponse, reply)
    return Found(response.uri)


IDENTIFIER_QUERY = Endpoint(
    NAME,
    "POST",
    Template("/v1/identifierQuery/{domain}"),
    Place.service_host,
    OCTETS,
    IdentifierRequest,
    IdentifierResponse,
    head(NAME),
    open_request,
    read_answer,
    REFUSALS,
    protectable=True,
)
