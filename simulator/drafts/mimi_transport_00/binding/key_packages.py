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
    signed = request.signed
    check_head(signed)
    named("the requester", signed.requester, user_provider)
    named("the target", signed.target, user_provider)
    command = FetchKeyPackages(signed.requester, signed.target, CONNECTION)
    label, answer = wire.CONNECTION_KEY_PACKAGE_LABEL, wire.ConnectionKeyPackageResponse
    return _incoming(FOR_CONNECTION, command, request, label, answer)


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
    signed = request.signed
    check_head(signed)
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
    return _incoming(FOR_GROUP, command, request, wire.GROUP_KEY_PACKAGE_LABEL, wire.GroupKeyPackageResponse)


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


def _incoming(operation: str, command: FetchKeyPackages, request: Any, label: str, response: Any) -> Incoming:
    signed = request.signed

    def perform(context: ServiceContext) -> Answer:
        handed_out = hand_out(command, signed.sender, context)
        return Answer(succeed(response(MIMI10, wire.KeyPackages(handed_out.key_packages))))

    return Incoming(
        Envelope(operation, signed.sender, signed.recipient),
        perform,
        Signature(label, encode(signed), request.signature),
    )
