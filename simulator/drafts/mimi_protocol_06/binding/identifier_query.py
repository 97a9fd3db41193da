"""`identifierQuery`: anybody asks a provider which of its users has an identifier."""

from dataclasses import replace

from simulator.codec import DecodeError, decode, encode
from simulator.drafts.mimi_protocol_06.binding.opening import ascends, in_path, opened
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.identifier_query import (
    IdentifierQueryCode,
    IdentifierRequest,
    IdentifierResponse,
    QueryElement,
    SearchIdentifierType,
)
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, read_struct, refusals, succeed
from simulator.drafts.mimi_protocol_06.rules.identifier_query import NOBODY, SUPPORTED, NotFound, search
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.drafts.search import Search
from simulator.services.commands import FindUsers
from simulator.services.names import fqdn, user_provider
from simulator.services.refusal import Code, ReceivedRefusal, Refusal
from simulator.services.results import FoundUsers
from simulator.services.service_context import ServiceContext

NAME = "identifierQuery"

_CODES = {
    IdentifierQueryCode.not_found: Code.unknown_user,
    IdentifierQueryCode.forbidden: Code.not_authorized,
    IdentifierQueryCode.unsupported_field: Code.malformed,
}
"""What an answer means that has no users; more than one may have the same identifier."""


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


def _write_refusal(refusal: Refusal) -> bytes | None:
    return encode(NOBODY) if isinstance(refusal, NotFound) else None


REFUSALS = refusals(_write_refusal, _read_refusal)


def read_answer(reply: Reply) -> FoundUsers:
    """The users that were found. Raises the peer's Refusal, or BadAnswer."""
    response: IdentifierResponse = read_struct(REFUSALS, IdentifierResponse, reply)
    return FoundUsers(response.uri)


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


def _identifier(kind: str, target: str) -> str:
    """See `Search.identifier`."""
    provider, name = user_provider(target), target.rpartition("/")[2]
    return f"im:{name}@{provider}" if kind == SearchIdentifierType.handle.name else name


def write(command: FindUsers, requester: Requester) -> Outgoing:
    """The question who has these handles and nicks. Raises BadName."""
    elements = (QueryElement(SearchIdentifierType[kind], None, None, value) for kind, value in command.identifiers)
    body = encode(IdentifierRequest(tuple(elements), NO_EXTENSIONS))
    domain = fqdn(command.provider)
    headers = from_header(requester.provider)
    return Outgoing(NAME, IDENTIFIER_QUERY, domain, body, {"domain": domain}, headers)


SEARCH = Search(tuple(kind.name for kind in SUPPORTED), _identifier, write)
