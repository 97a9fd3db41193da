"""The key with which a provider signs what it says to other providers (PROTOCOL.md section 5)."""

from typing import Annotated, TypeAlias

from simulator.codec import Tagged, opaque, struct, uint16, uint64, utf8
from simulator.drafts.mimi_transport_00.messages.common import MIMIError, ResponseType

ED25519 = 0x0807
"""TLS SignatureScheme ed25519 (RFC 8446 4.2.3)."""


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; } VerificationKeyRequest;
@struct
class VerificationKeyRequest:
    version: uint16
    sender: utf8
    recipient: utf8


# case ok: FQDN provider; opaque key_id<V>; uint16 signature_scheme; opaque public_key<V>;
#          uint64 not_before; uint64 not_after;
@struct
class ProviderKey:
    """Times are Unix seconds; the key is good from `not_before` to `not_after`, both included."""

    provider: utf8
    key_id: opaque
    signature_scheme: uint16
    public_key: opaque
    not_before: uint64
    not_after: uint64


VerificationKeyResponseBody: TypeAlias = Annotated[
    ProviderKey | MIMIError,
    Tagged(ResponseType, {ResponseType.ok: ProviderKey, ResponseType.error: MIMIError}),
]


# struct { ProtocolVersion version; uint8 response_type;
#          select (response_type) { case ok: ...; case error: MIMIError error; }; } VerificationKeyResponse;
@struct
class VerificationKeyResponse:
    version: uint16
    body: VerificationKeyResponseBody
