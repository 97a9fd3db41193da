"""How a client gets a token (RFC 9578 6.1 to 6.3): the two messages, and what either side makes of them."""

from collections.abc import Mapping
from typing import Annotated

from simulator.codec import DecodeError, Fixed, decode, encode, struct, uint8, uint16
from simulator.dataclass import dataclass
from simulator.privacy_pass import blind_rsa
from simulator.privacy_pass.errors import InvalidTokenRequest, InvalidTokenResponse
from simulator.privacy_pass.randomness import Rand
from simulator.privacy_pass.rsa import PrivateKey
from simulator.privacy_pass.rule import RFC_9578, rule
from simulator.privacy_pass.token import NONCE_SIZE, AuthenticatorInput, Token
from simulator.privacy_pass.token_keys import read_token_key, token_key_id, truncated
from simulator.privacy_pass.token_types import BLIND_RSA, token_type
from simulator.rules import check, refuse

REQUEST_TYPE = "application/private-token-request"
RESPONSE_TYPE = "application/private-token-response"
"""Media types."""

_SIZE = 256
"""Nk of token type 0x0002, in octets."""

TYPE = rule(
    InvalidTokenRequest,
    "ISSUE-1",
    "unsupported_type",
    "A token request is for a type of token that the issuer issues.",
    source=RFC_9578,
    section="6.2",
    essential="the issuer has no key for others",
)
KEY = rule(
    InvalidTokenRequest,
    "ISSUE-2",
    "unknown_key",
    "A token request is for a key that the issuer signs with.",
    source=RFC_9578,
    section="6.2",
    essential="there is no key to sign with",
)
REQUEST_SIZE = rule(
    InvalidTokenRequest,
    "ISSUE-3",
    "wrong_size",
    "A blinded message is as long as the modulus.",
    source=RFC_9578,
    section="6.2",
    essential="it can't be told from what follows",
)
RESPONSE_SIZE = rule(
    InvalidTokenResponse,
    "ISSUE-4",
    "wrong_size",
    "A token response has one blind signature, and nothing more.",
    source=RFC_9578,
    section="6.3",
    part="STRUCT",
    essential="it can't be told from what follows",
)


# RFC 9578 6.1
# struct {
#     uint16_t token_type = 0x0002;
#     uint8_t truncated_token_key_id;
#     uint8_t blinded_msg[Nk];
# } TokenRequest;
@struct
class TokenRequest:
    token_type: uint16
    truncated_token_key_id: uint8
    blinded_msg: Annotated[bytes, Fixed(_SIZE)]


# RFC 9578 6.2
# struct {
#     uint8_t blind_sig[Nk];
# } TokenResponse;
@struct
class TokenResponse:
    blind_sig: Annotated[bytes, Fixed(_SIZE)]


@dataclass(frozen=True, slots=True)
class PendingToken:
    """A token without its authenticator: what a client keeps while it asks for that."""

    fields: AuthenticatorInput
    token_key: bytes
    """The issuer's public key, as SPKI."""
    request: TokenRequest
    inverse: int


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A token request that the issuer can sign, with the key that it is for."""

    key: PrivateKey
    blinded_msg: bytes


def request_token(challenge_digest: bytes, token_key: bytes, rand: Rand) -> PendingToken:
    """A new token for a challenge, to be signed with the issuer's key (SPKI). Raises InvalidTokenKey."""
    nonce, salt = rand("token_nonce", NONCE_SIZE), blind_rsa.draw_salt(rand)
    factor = blind_rsa.draw_blind(read_token_key(token_key), rand)
    return pending_token(challenge_digest, token_key, nonce, salt, factor)


def pending_token(challenge_digest: bytes, token_key: bytes, nonce: bytes, salt: bytes, factor: int) -> PendingToken:
    """The same with what is random in it. Raises InvalidTokenKey."""
    key, key_id = read_token_key(token_key), token_key_id(token_key)
    fields = AuthenticatorInput(BLIND_RSA, nonce, challenge_digest, key_id)
    blinded = blind_rsa.blind(key, encode(fields), salt, factor)
    request = TokenRequest(BLIND_RSA, truncated(key_id), blinded.message)
    return PendingToken(fields, token_key, request, blinded.inverse)


def read_request(body: bytes, keys: Mapping[int, PrivateKey]) -> ReadRequest:
    """What an issuer is asked to sign, by its keys' truncated ids. Raises InvalidTokenRequest, which is a 422."""
    check(TYPE, token_type(body) == BLIND_RSA, "the token request is for another type of token than 0x0002")
    try:
        request = decode(TokenRequest, body)
    except DecodeError as wrong:
        refuse(REQUEST_SIZE, f"the token request is malformed: {wrong}", wrong)
    key = keys.get(request.truncated_token_key_id)
    if key is None:
        refuse(KEY, f"no key here has an id that ends with {request.truncated_token_key_id:02x}")
    blind_rsa.check_range(key.public, request.blinded_msg)
    return ReadRequest(key, request.blinded_msg)


def issue(request: ReadRequest) -> TokenResponse:
    """Sign, whoever asks; takes ten milliseconds. The same request gets the same answer. Raises SigningFailure."""
    return TokenResponse(blind_rsa.blind_sign(request.key, request.blinded_msg))


def read_response(body: bytes) -> TokenResponse:
    """Raises InvalidTokenResponse."""
    try:
        return decode(TokenResponse, body)
    except DecodeError as wrong:
        refuse(RESPONSE_SIZE, f"the token response is malformed: {wrong}", wrong)


def finalize(pending: PendingToken, response: TokenResponse) -> Token:
    """The token. Raises InvalidTokenResponse where the issuer has not signed what it was asked to."""
    fields, key = pending.fields, read_token_key(pending.token_key)
    authenticator = blind_rsa.finalize(key, encode(fields), response.blind_sig, pending.inverse)
    return Token(fields.token_type, fields.nonce, fields.challenge_digest, fields.token_key_id, authenticator)
