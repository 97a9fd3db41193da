"""What a client redeems (RFC 9577 2.2)."""

from typing import Annotated

from simulator.codec import DecodeError, Fixed, decode, encode, struct, uint16
from simulator.privacy_pass.errors import InvalidToken
from simulator.privacy_pass.rule import rule
from simulator.privacy_pass.token_types import BLIND_RSA, token_type
from simulator.rules import check, refuse

TYPE = rule(
    InvalidToken,
    "TOKEN-1",
    "invalid_token",
    "The type of a token is that of the challenge.",
    section="2.2",
    part="TYPE",
    essential="what another type of token consists of is not known",
)
WELL_FORMED = rule(
    InvalidToken,
    "TOKEN-1",
    "invalid_token",
    "A token has the fields of its type, and nothing more.",
    section="2.2",
    part="STRUCT",
    essential="it has no fields",
)

NONCE_SIZE = 32
AUTHENTICATOR_SIZE = 256


# RFC 9577 2.2.1
# struct {
#     uint16_t token_type;
#     uint8_t nonce[32];
#     uint8_t challenge_digest[32];
#     uint8_t token_key_id[Nid];
# } AuthenticatorInput;
@struct
class AuthenticatorInput:
    token_type: uint16
    nonce: Annotated[bytes, Fixed(NONCE_SIZE)]
    challenge_digest: Annotated[bytes, Fixed(32)]
    token_key_id: Annotated[bytes, Fixed(32)]


# RFC 9577 2.2
# struct {
#     uint16_t token_type;
#     uint8_t nonce[32];
#     uint8_t challenge_digest[32];
#     uint8_t token_key_id[Nid];
#     uint8_t authenticator[Nk];
# } Token;
@struct
class Token:
    token_type: uint16
    nonce: Annotated[bytes, Fixed(NONCE_SIZE)]
    challenge_digest: Annotated[bytes, Fixed(32)]
    token_key_id: Annotated[bytes, Fixed(32)]
    authenticator: Annotated[bytes, Fixed(AUTHENTICATOR_SIZE)]


def authenticator_input(token: Token) -> bytes:
    """What the authenticator of a token is a signature of."""
    fields = AuthenticatorInput(token.token_type, token.nonce, token.challenge_digest, token.token_key_id)
    return encode(fields)


def read_token(data: bytes) -> Token:
    """A token of type 0x0002; nothing else of it has been checked. Raises InvalidToken."""
    kind = token_type(data)
    check(TYPE, kind == BLIND_RSA, "the token is of another type than 0x0002")
    try:
        return decode(Token, data)
    except DecodeError as wrong:
        refuse(WELL_FORMED, f"the token is malformed: {wrong}", wrong)
