"""`keyMaterial`: the requester's provider asks the hub, which asks the target's provider and passes on its answer."""

from dataclasses import replace
from typing import cast

from simulator.codec import DecodeError, decode, decode_prefix, encode
from simulator.drafts.mimi_protocol_06.binding.opening import BODY, agree, in_path, named, opened
from simulator.drafts.mimi_protocol_06.client.leaves import REQUIRED_CAPABILITIES
from simulator.drafts.mimi_protocol_06.messages.common import MLS10, Protocol
from simulator.drafts.mimi_protocol_06.messages.key_material import (
    KEY_MATERIAL_REQUEST_LABEL,
    KeyMaterialHead,
    KeyMaterialRequest,
    KeyMaterialRequestTBS,
    KeyMaterialResponse,
)
from simulator.drafts.mimi_protocol_06.names import group_of, hub_of, room_of
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, read_struct, refusals, succeed
from simulator.drafts.mimi_protocol_06.rules import fetching
from simulator.drafts.mimi_protocol_06.rules import key_material as rules
from simulator.drafts.mimi_protocol_06.rules.key_material import KeyMaterial, KeyMaterialRefusal
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Ask, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import refuse
from simulator.services.commands import FetchKeyPackages
from simulator.services.delivery.outbox import Failed
from simulator.services.names import user_provider
from simulator.services.refusal import Refusal
from simulator.services.results import Result
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Signature

NAME = "keyMaterial"


def open_request(request: WireRequest) -> Incoming:
    """All of it, if it is of a known protocol: of another one nobody knows what is in it. Raises Refusal malformed."""
    target = in_path(request, user_provider)
    try:
        asked, _ = decode_prefix(KeyMaterialHead, request.body)
    except DecodeError as error:
        refuse(BODY, f"no KeyMaterialRequest: {error}", error)
    agree("the target", asked.target_user, target)
    requester = named("the requesting user", asked.requesting_user, user_provider)
    room = named("the room", asked.room_id, group_of) if asked.room_id else ""
    known = head(NAME)(request)
    envelope = replace(known, group=group_of(room).decode() if room else None, rate_keys=_rate_keys(requester, room))
    whole = opened(KeyMaterialRequest, request.body) if asked.protocol == MLS10 else None

    def perform(context: ServiceContext) -> Answer | Ask:
        fetching.check_sender(str(known.sender), requester, room, context)
        fetching.check_room(requester, target, room, context)
        provider = fetching.next_provider(target, room, context)
        if provider is not None:
            return Ask(_question(context.provider, provider, target, request.body), resume)
        if whole is None:
            rules.refuse_protocol(asked.protocol, target)
        proof = Signature(KEY_MATERIAL_REQUEST_LABEL, encode(whole.signed), whole.key_material_request_signature)
        rules.check_requester(whole.signed, proof)
        response = rules.hand_out(whole.signed, context)
        return passed_on(rules.outcome(response), context.provider, context)

    def resume(outcome: Result | Refusal | Failed, context: ServiceContext) -> Answer:
        provider = user_provider(target)
        if isinstance(outcome, Refusal):
            raise outcome  # passed on as it came
        why = outcome.reason if isinstance(outcome, Failed) else "it answers something else"
        if not isinstance(outcome, KeyMaterial):
            refuse(fetching.REACHED, f"{context.provider} has no KeyPackages from {provider}: {why}")
        return passed_on(outcome, provider, context)

    def passed_on(found: KeyMaterial, provider: str, context: ServiceContext) -> Answer:
        fetching.remember(room, found.key_packages, provider, context)
        return Answer(succeed(found.response))

    return Incoming(envelope, perform)


def _rate_keys(requester: str, room: str) -> tuple[str, ...]:
    return (*((f"group {group_of(room).decode()}",) if room else ()), f"requester {requester}")


def _write_refusal(refusal: Refusal) -> bytes | None:
    return encode(refusal.response) if isinstance(refusal, KeyMaterialRefusal) else None


def _read_refusal(body: bytes) -> Refusal | None:
    try:
        rules.outcome(decode(KeyMaterialResponse, body))
    except DecodeError:
        return None
    except KeyMaterialRefusal as refusal:
        return refusal
    return None


REFUSALS = refusals(_write_refusal, _read_refusal)


def read_answer(reply: Reply) -> KeyMaterial:
    """The KeyPackages. Raises the peer's Refusal, or BadAnswer."""
    return rules.outcome(cast("KeyMaterialResponse", read_struct(REFUSALS, KeyMaterialResponse, reply)))


KEY_MATERIAL = Endpoint(
    NAME,
    "POST",
    Template("/v1/keyMaterial/{targetUser}"),
    Place.service_host,
    OCTETS,
    KeyMaterialRequest,
    KeyMaterialResponse,
    head(NAME),
    open_request,
    read_answer,
    REFUSALS,
)


def _question(sender: str, recipient: str, target: str, body: bytes) -> Outgoing:
    return Outgoing(NAME, KEY_MATERIAL, recipient, body, {"targetUser": target}, from_header(sender))


def write_fetch(command: FetchKeyPackages, requester: Requester) -> Outgoing:
    """The request for KeyPackages: to the hub of the group, or to the target's provider where there is none. See
    `draft.WriteFetch`. Raises TypeError for single clients, ValueError where no client signs, and BadName.
    """
    target = command.target
    if not isinstance(target, str):
        raise TypeError("KeyPackages are asked for by user, and not by client")
    if requester.client is None or requester.client_sign is None:
        raise ValueError("a request for KeyPackages has to be signed by the client that needs them")
    room = room_of(command.group.encode()) if command.group else ""
    signed = KeyMaterialRequestTBS(
        Protocol.mls10,
        command.requester,
        target,
        room,
        command.cipher_suites,
        REQUIRED_CAPABILITIES,
        requester.client.signature_key,
        requester.client.credential,
    )
    request = KeyMaterialRequest(signed, requester.client_sign(KEY_MATERIAL_REQUEST_LABEL, encode(signed)))
    return _question(requester.provider, hub_of(room) if room else user_provider(target), target, encode(request))
