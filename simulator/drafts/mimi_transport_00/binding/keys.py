"""Verification keys and KeyPackages: both requests and answers."""

from simulator.codec import encode
from simulator.drafts.endpoint import Answer, BadAnswer, Envelope, Incoming, Reply
from simulator.drafts.mimi_transport_00.binding.request import check_head, named, opened
from simulator.drafts.mimi_transport_00.errors import read_body, succeed
from simulator.drafts.mimi_transport_00.messages import key_packages as kp_wire
from simulator.drafts.mimi_transport_00.messages import verification_key as key_wire
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.wire_request import WireRequest
from simulator.services import key_packages, provider_keys
from simulator.services.commands import FetchConnectionKeyPackages, FetchGroupKeyPackages
from simulator.services.names import parse_client, user_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.results import HandedOut, ProviderKey
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Sign, Signature

MOST_TARGETS = 4096
"""Clients whose KeyPackages one request asks for: each of them is looked at before the signature is."""
LONGEST_KEY_ID = 255
"""Bytes of a key id that are kept."""


def open_verification_key(asked: WireRequest) -> Incoming:
    """Open a VerificationKeyRequest; nobody has to sign to see a public key."""
    request = opened(key_wire.VerificationKeyRequest, asked.body)
    check_head(request)

    def perform(context: ServiceContext) -> Answer:
        key = provider_keys.published(context)
        arm = key_wire.ProviderKey(
            key.provider, key.key_id, key_wire.ED25519, key.public_key, key.not_before, key.not_after
        )
        return Answer(succeed(key_wire.VerificationKeyResponse(MIMI10, arm)))

    return Incoming(Envelope("verification_key", request.sender, request.recipient), perform)


def write_verification_key(sender: str, recipient: str) -> bytes:
    """The VerificationKeyRequest."""
    return encode(key_wire.VerificationKeyRequest(MIMI10, sender, recipient))


def read_verification_key(reply: Reply) -> ProviderKey:
    """The peer's key. Raises its Refusal, or BadAnswer, also for a scheme other than Ed25519."""
    body = read_body(key_wire.VerificationKeyResponse, reply)
    if body.signature_scheme != key_wire.ED25519:
        raise BadAnswer(f"the key is for signature scheme 0x{body.signature_scheme:04x}, only ed25519(0x0807) is known")
    if len(body.key_id) > LONGEST_KEY_ID:
        raise BadAnswer(f"the key has an id of {len(body.key_id)} bytes; {LONGEST_KEY_ID} are taken at most")
    return ProviderKey(body.provider, body.key_id, body.public_key, body.not_before, body.not_after)


def open_connection_key_packages(asked: WireRequest) -> Incoming:
    """Open a ConnectionKeyPackageRequest."""
    request = opened(kp_wire.ConnectionKeyPackageRequest, asked.body)
    signed = request.signed
    check_head(signed)
    named("the requester", signed.requester, user_provider)
    named("the target", signed.target, user_provider)
    command = FetchConnectionKeyPackages(signed.requester, signed.target)

    def perform(context: ServiceContext) -> Answer:
        handed_out = key_packages.for_connection(command, signed.sender, context)
        arm = kp_wire.KeyPackages(handed_out.key_packages)
        return Answer(succeed(kp_wire.ConnectionKeyPackageResponse(MIMI10, arm)))

    return Incoming(
        Envelope(command.operation, signed.sender, signed.recipient),
        perform,
        Signature(kp_wire.CONNECTION_KEY_PACKAGE_LABEL, encode(signed), request.signature),
    )


def write_connection_key_packages(
    command: FetchConnectionKeyPackages, sender: str, recipient: str, sign: Sign
) -> bytes:
    """The ConnectionKeyPackageRequest, signed by the requester's provider."""
    signed = kp_wire.ConnectionKeyPackageRequestTBS(MIMI10, sender, recipient, command.requester, command.target)
    signature = sign(kp_wire.CONNECTION_KEY_PACKAGE_LABEL, encode(signed))
    return encode(kp_wire.ConnectionKeyPackageRequest(signed, signature))


def read_connection_key_packages(reply: Reply) -> HandedOut:
    """The KeyPackages. Raises the peer's Refusal, or BadAnswer."""
    return HandedOut(read_body(kp_wire.ConnectionKeyPackageResponse, reply).key_packages)


def open_group_key_packages(asked: WireRequest) -> Incoming:
    """Open a GroupKeyPackageRequest."""
    request = opened(kp_wire.GroupKeyPackageRequest, asked.body)
    signed = request.signed
    check_head(signed)
    named("the requester", signed.requester, user_provider)
    target: str | tuple[str, ...]
    if isinstance(signed.target, kp_wire.UserTarget):
        target = named("the target", signed.target.user, user_provider)
    else:
        if len(signed.target.clients) > MOST_TARGETS:
            rule = f"KeyPackages of {len(signed.target.clients)} clients are asked for; {MOST_TARGETS} are the most"
            raise Refusal(Code.malformed, rule, "PROTOCOL.md section 5")
        target = tuple(named("a target", client, parse_client) for client in signed.target.clients)
    command = FetchGroupKeyPackages(signed.requester, target)

    def perform(context: ServiceContext) -> Answer:
        handed_out = key_packages.for_group(command, signed.sender, context)
        arm = kp_wire.KeyPackages(handed_out.key_packages)
        return Answer(succeed(kp_wire.GroupKeyPackageResponse(MIMI10, arm)))

    return Incoming(
        Envelope(command.operation, signed.sender, signed.recipient),
        perform,
        Signature(kp_wire.GROUP_KEY_PACKAGE_LABEL, encode(signed), request.signature),
    )


def write_group_key_packages(command: FetchGroupKeyPackages, sender: str, recipient: str, sign: Sign) -> bytes:
    """The GroupKeyPackageRequest, signed by the requester's provider."""
    target: kp_wire.KeyPackageTarget
    if isinstance(command.target, str):
        target = kp_wire.UserTarget(command.target)
    else:
        target = kp_wire.ClientsTarget(command.target)
    signed = kp_wire.GroupKeyPackageRequestTBS(MIMI10, sender, recipient, command.requester, target)
    signature = sign(kp_wire.GROUP_KEY_PACKAGE_LABEL, encode(signed))
    return encode(kp_wire.GroupKeyPackageRequest(signed, signature))


def read_group_key_packages(reply: Reply) -> HandedOut:
    """The KeyPackages. Raises the peer's Refusal, or BadAnswer."""
    return HandedOut(read_body(kp_wire.GroupKeyPackageResponse, reply).key_packages)
