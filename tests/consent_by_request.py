"""A draft of which consent is asked for, and given, by requests between providers: as JSON at one endpoint."""

import json
from dataclasses import replace
from functools import partial

from simulator.drafts.consent import Consent
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.requests.endpoint import Answer, Endpoint, Envelope, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.accounts import consent
from simulator.services.commands import SayConsent
from simulator.services.names import user_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Done
from simulator.services.service_context import ServiceContext
from simulator.storage import ConsentWord

NAME = "consent-by-request"
REFUSALS = MIMI_TRANSPORT_00.named("group_key_packages").refusals


def head(request: WireRequest) -> Envelope:
    """Who says it to whom."""
    said = json.loads(request.body)
    return Envelope("consent", said["sender"], said["recipient"])


def open_request(request: WireRequest) -> Incoming:
    """All of it."""
    said = json.loads(request.body)
    command = SayConsent(said["requester"], said["target"], ConsentWord(said["word"]), said["scope"])
    return Incoming(head(request), partial(perform, command, said["sender"]))


def perform(command: SayConsent, sender: str, context: ServiceContext) -> Answer:
    """A request waits for the user's answer; of an answer nothing needs to be kept."""
    asked = command.word is ConsentWord.requested
    if user_provider(command.requester if asked else command.target) != sender:
        raise Refusal(Code.not_authorized, f"{sender} can't speak for this user")
    if asked:
        consent.note(command, context)
    return Answer(Reply(200, (("content-type", "application/json"),), b"{}"))


def read(reply: Reply) -> Done:
    """Nothing but that it is done."""
    refusal = REFUSALS.read(reply) if REFUSALS.is_refusal(reply) else None
    if refusal is not None:
        raise refusal
    return Done()


CONSENT = Endpoint(
    "consent",
    "POST",
    Template("/consent"),
    Place.service_host,
    "application/json",
    SayConsent,
    None,
    head,
    open_request,
    read,
    REFUSALS,
)


def write(command: SayConsent, requester: Requester) -> Outgoing:
    """To the provider of the other user."""
    asked = command.word is ConsentWord.requested
    recipient = user_provider(command.target if asked else command.requester)
    said = {
        "sender": requester.provider,
        "recipient": recipient,
        "requester": command.requester,
        "target": command.target,
        "word": command.word.value,
        "scope": command.scope,
    }
    return Outgoing("consent", CONSENT, recipient, json.dumps(said).encode())


DRAFT = replace(
    MIMI_TRANSPORT_00,
    name=NAME,
    endpoints=(*MIMI_TRANSPORT_00.endpoints, CONSENT),
    consent=Consent(write=write),
)
