"""Verification keys: both request and answer."""

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.binding.request import check_head, opened
from simulator.drafts.mimi_transport_00.errors import read_body, succeed
from simulator.drafts.mimi_transport_00.messages import verification_key as key_wire
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.requests import answers
from simulator.drafts.requests.endpoint import Answer, Envelope, Incoming, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import check
from simulator.services import provider_keys
from simulator.services.results import ProviderKey
from simulator.services.service_context import ServiceContext

LONGEST_KEY_ID = 255
"""Bytes of a key id that are kept."""


def open_verification_key(asked: WireRequest) -> Incoming:
    """Open a VerificationKeyRequest; nobody has to sign to see a public key."""
    request = opened(key_wire.VerificationKeyRequest, asked.body)
    check_head(request)

    def perform(context: ServiceContext) -> Answer:
        return Answer(answer_verification_key(provider_keys.published(context)))

    return Incoming(Envelope("verification_key", request.sender, request.recipient), perform)


def answer_verification_key(key: ProviderKey, scheme: int | None = None) -> Reply:
    """The VerificationKeyResponse of a provider with this key; `scheme` in the place of ed25519(0x0807) is a lie."""
    scheme = key_wire.ED25519 if scheme is None else scheme
    arm = key_wire.ProviderKey(key.provider, key.key_id, scheme, key.public_key, key.not_before, key.not_after)
    return succeed(key_wire.VerificationKeyResponse(MIMI10, arm))


def write_verification_key(sender: str, recipient: str) -> bytes:
    """The VerificationKeyRequest."""
    return encode(key_wire.VerificationKeyRequest(MIMI10, sender, recipient))


def read_verification_key(reply: Reply) -> ProviderKey:
    """The peer's key. Raises its Refusal, or BadAnswer, also for a scheme other than Ed25519."""
    body = read_body(key_wire.VerificationKeyResponse, reply)
    words = f"the key is for signature scheme 0x{body.signature_scheme:04x}, only ed25519(0x0807) is known"
    check(answers.KEY_SCHEME, body.signature_scheme == key_wire.ED25519, words)
    length = len(body.key_id)
    words = f"the key has an id of {length} bytes; {LONGEST_KEY_ID} are taken at most"
    check(answers.KEY_ID, length <= LONGEST_KEY_ID, words)
    return ProviderKey(body.provider, body.key_id, body.public_key, body.not_before, body.not_after)
