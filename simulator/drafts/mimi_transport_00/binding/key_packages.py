"""KeyPackages: both requests, that for a connection and that for a group, and their answers."""

from typing import Any

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.binding.request import check_head, named, opened
from simulator.drafts.mimi_transport_00.errors import read_body, succeed
from simulator.drafts.mimi_transport_00.messages import key_packages as wire
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.rules.key_packages import hand_out
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.drafts.requests.endpoint import Answer, Envelope, Incoming, Reply
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import check
from simulator.services.commands import FetchKeyPackages
from simulator.services.names import parse_client, user_provider
from simulator.services.refusal import Code, rule
from simulator.services.results import HandedOut
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign, Signature

FOR_CONNECTION = "connection_key_packages"
FOR_GROUP = "group_key_packages"

FEW = rule("T-GROUP-KEY-PACKAGES-CLIENTS", Code.malformed, "PROTOCOL.md section 5", part="FEW")

MOST_TARGETS = 4096
"""Clients whose KeyPackages one request asks for: each of them is looked at before the signature is."""


def asked_provider(command: FetchKeyPackages) -> str:
    """Whom to ask: the provider of the target, or of the first of the clients. Raises BadName."""
    if isinstance(command.target, str):
        return user_provider(command.target)
    return parse_client(command.target[0]).provider


def signature_of(requester: Requester) -> Sign:
    """What the requester's provider signs with: no client does. Raises ValueError where there is nothing."""
    if requester.sign is None:
        raise ValueError("a request for KeyPackages has to be signed by the provider that sends it")
    return requester.sign


def open_for_connection(asked: WireRequest) -> Incoming:
    """Open a ConnectionKeyPackageRequest."""
    request = opened(wire.ConnectionKeyPackageRequest, asked.body)
    check_head(request.signed)
    return incoming_for_connection(_envelope(FOR_CONNECTION, request.signed), request.signed, request.signature)


def incoming_for_connection(envelope: Envelope, signed: Any, signature: bytes) -> Incoming:
    """A request of `envelope.sender` in whose signed struct are a requester and a target. Raises Refusal malformed."""
    if signed.requester:  # nobody in particular may ask who pays with a token
        named("the requester", signed.requester, user_provider)
    named("the target", signed.target, user_provider)
    command = FetchKeyPackages(signed.requester, signed.target, CONNECTION)
    proof = Signature(wire.CONNECTION_KEY_PACKAGE_LABEL, encode(signed), signature)
    return _incoming(envelope, command, proof, wire.ConnectionKeyPackageResponse)


def write_for_connection(command: FetchKeyPackages, recipient: str, requester: Requester) -> bytes:
    """The ConnectionKeyPackageRequest, signed by the requester's provider. Raises TypeError for single clients."""
    if not isinstance(command.target, str):
        raise TypeError("a connection is asked for with a user, and not with single clients")
    signed = wire.ConnectionKeyPackageRequestTBS(
        MIMI10, requester.provider, recipient, command.requester, command.target
    )
    signature = signature_of(requester)(wire.CONNECTION_KEY_PACKAGE_LABEL, encode(signed))
    return encode(wire.ConnectionKeyPackageRequest(signed, signature))


def read_for_connection(reply: Reply) -> HandedOut:
    """The KeyPackages. Raises the peer's Refusal, or BadAnswer."""
    return HandedOut(read_body(wire.ConnectionKeyPackageResponse, reply).key_packages)


def open_for_group(asked: WireRequest) -> Incoming:
    """Open a GroupKeyPackageRequest."""
    request = opened(wire.GroupKeyPackageRequest, asked.body)
    check_head(request.signed)
    return incoming_for_group(_envelope(FOR_GROUP, request.signed), request.signed, request.signature)


def incoming_for_group(envelope: Envelope, signed: Any, signature: bytes) -> Incoming:
    """The same of a request for a group, whose target are a user or clients. Raises Refusal malformed."""
    named("the requester", signed.requester, user_provider)
    target: str | tuple[str, ...]
    if isinstance(signed.target, wire.UserTarget):
        target = named("the target", signed.target.user, user_provider)
    else:
        wanted = len(signed.target.clients)
        words = f"KeyPackages of {wanted} clients are asked for; {MOST_TARGETS} are the most"
        check(FEW, wanted <= MOST_TARGETS, words)
        target = tuple(named("a target", client, parse_client) for client in signed.target.clients)
    command = FetchKeyPackages(signed.requester, target, REGULAR)
    proof = Signature(wire.GROUP_KEY_PACKAGE_LABEL, encode(signed), signature)
    return _incoming(envelope, command, proof, wire.GroupKeyPackageResponse)


def write_for_group(command: FetchKeyPackages, recipient: str, requester: Requester) -> bytes:
    """The GroupKeyPackageRequest, signed by the requester's provider."""
    of = command.target
    target: wire.KeyPackageTarget = wire.UserTarget(of) if isinstance(of, str) else wire.ClientsTarget(of)
    signed = wire.GroupKeyPackageRequestTBS(MIMI10, requester.provider, recipient, command.requester, target)
    signature = signature_of(requester)(wire.GROUP_KEY_PACKAGE_LABEL, encode(signed))
    return encode(wire.GroupKeyPackageRequest(signed, signature))


def read_for_group(reply: Reply) -> HandedOut:
    """The KeyPackages. Raises the peer's Refusal, or BadAnswer."""
    return HandedOut(read_body(wire.GroupKeyPackageResponse, reply).key_packages)


def _envelope(operation: str, signed: Any) -> Envelope:
    return Envelope(operation, signed.sender, signed.recipient)


def _incoming(envelope: Envelope, command: FetchKeyPackages, signature: Signature, response: Any) -> Incoming:
    def perform(context: ServiceContext) -> Answer:
        handed_out = hand_out(command, str(envelope.sender), context)
        return Answer(succeed(response(MIMI10, wire.KeyPackages(handed_out.key_packages))))

    return Incoming(envelope, perform, signature)
