"""`requestConsent` and `updateConsent`: straight from one user's provider to the other's."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from simulator.codec import encode
from simulator.drafts.consent import Consent
from simulator.drafts.mimi_protocol_06.binding.opening import agree, ascends, in_path, named, opened
from simulator.drafts.mimi_protocol_06.messages.common import NO_EXTENSIONS
from simulator.drafts.mimi_protocol_06.messages.consent import ConsentEntry, ConsentOperation
from simulator.drafts.mimi_protocol_06.names import group_of, room_of
from simulator.drafts.mimi_protocol_06.refusals import NO_CONSENT, OCTETS, REFUSALS, read_done, succeed
from simulator.drafts.mimi_protocol_06.rules import consent as rules
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.commands import SayConsent
from simulator.services.names import fqdn, user_provider
from simulator.services.results import Done
from simulator.services.service_context import ServiceContext
from simulator.storage import EVERYTHING, ConsentWord

REQUEST, UPDATE = "requestConsent", "updateConsent"


def _open_asking(request: WireRequest) -> Incoming:
    """Ask our user, or take that back. Raises Refusal malformed or not_authorized."""
    entry, sender = _entry(REQUEST, request, lambda each: each.target_uri)
    rules.check_asking(entry, sender)
    envelope = replace(head(REQUEST)(request), rate_keys=(f"requester {entry.requester_uri}",))
    return Incoming(envelope, _performing(rules.take_request, entry))


def _open_answering(request: WireRequest) -> Incoming:
    """Tell our user what another one has answered. Raises Refusal malformed or not_authorized."""
    entry, sender = _entry(UPDATE, request, lambda each: each.requester_uri)
    rules.check_answering(entry, sender)
    return Incoming(replace(head(UPDATE)(request), rate_keys=()), _performing(rules.take_answer, entry))


def _entry(name: str, request: WireRequest, ours: Callable[[ConsentEntry], str]) -> tuple[ConsentEntry, str]:
    """The ConsentEntry and who sends it; the path has the provider of the user that is `ours`."""
    domain = in_path(request, fqdn)
    entry = opened(ConsentEntry, request.body)
    for what, user in (("the requester", entry.requester_uri), ("the target", entry.target_uri)):
        named(what, user, user_provider)
    if entry.room_id is not None:
        named("the room", entry.room_id, group_of)
    ascends(entry.consent_extensions)
    agree("the provider", user_provider(ours(entry)), domain)
    return entry, str(head(name)(request).sender)


def _performing(
    take: Callable[[ConsentEntry, ServiceContext], None], entry: ConsentEntry
) -> Callable[[ServiceContext], Answer]:
    def perform(context: ServiceContext) -> Answer:
        take(entry, context)
        return Answer(succeed(status=HTTPStatus.CREATED))

    return perform


def _read_answer(reply: Reply) -> Done:
    """Raises the peer's Refusal, or BadAnswer."""
    read_done(REFUSALS, reply, HTTPStatus.CREATED)
    return Done()


def _endpoint(name: str, variable: str, open_request: Callable[[WireRequest], Incoming]) -> Endpoint:
    return Endpoint(
        name,
        "POST",
        Template(f"/v1/{name}/{{{variable}}}"),
        Place.service_host,
        OCTETS,
        ConsentEntry,
        None,
        head(name),
        open_request,
        _read_answer,
        REFUSALS,
        success=HTTPStatus.CREATED,
    )


REQUEST_CONSENT = _endpoint(REQUEST, "targetDomain", _open_asking)
UPDATE_CONSENT = _endpoint(UPDATE, "requesterDomain", _open_answering)

_OPERATIONS = {
    ConsentWord.requested: ConsentOperation.request,
    ConsentWord.granted: ConsentOperation.grant,
    ConsentWord.revoked: ConsentOperation.revoke,
}


def write(said: SayConsent, requester: Requester) -> Outgoing:
    """The request that tells the other user's provider what was said. Raises BadName."""
    operation = _OPERATIONS[said.word]
    key_packages = said.key_packages if operation is ConsentOperation.grant else None
    room = None if said.scope == EVERYTHING else room_of(said.scope.encode())
    entry = ConsentEntry(operation, said.requester, said.target, room, key_packages, NO_EXTENSIONS)
    asking = operation in rules.ASKING
    row, user = (REQUEST_CONSENT, said.target) if asking else (UPDATE_CONSENT, said.requester)
    variables = {
        "targetDomain": user_provider(said.target),
        "targetUser": said.target,
        "requesterDomain": user_provider(said.requester),
        "requesterUser": said.requester,
    }
    headers = from_header(requester.provider)
    return Outgoing(row.name, row, user_provider(user), encode(entry), variables, headers)


CONSENT = Consent(write=write, with_key_packages=True, missing=NO_CONSENT)
