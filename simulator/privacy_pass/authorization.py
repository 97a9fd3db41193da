"""Tokens as the field Authorization carries them (RFC 9577 2.2)."""

from collections.abc import Sequence

from simulator.codec import encode
from simulator.privacy_pass import base64url
from simulator.privacy_pass.auth_field import MalformedField, read_credentials, scheme_of
from simulator.privacy_pass.errors import InvalidToken, TokenRequired
from simulator.privacy_pass.rule import OURS, rule
from simulator.privacy_pass.token import Token, read_token
from simulator.privacy_pass.www_authenticate import SCHEME
from simulator.rules import check, refuse

REQUIRED = rule(
    TokenRequired,
    "ORDER-1",
    "token_required",
    "Whoever asks at a protected endpoint presents a token.",
    source=OURS,
    part="PRESENT",
    essential="there is no token to go on with",
)
ONE = rule(
    InvalidToken,
    "TOKEN-2",
    "invalid_token",
    "A request presents one token, in one field.",
    section="2.2",
    part="ONE",
)
CREDENTIALS = rule(
    InvalidToken,
    "TOKEN-2",
    "invalid_token",
    "The field has one PrivateToken with the parameter token, by the grammar of RFC 9110.",
    section="2.2",
    part="FIELD",
    essential="there is no token to go on with",
)
ENCODING = rule(
    InvalidToken,
    "TOKEN-2",
    "invalid_token",
    "The parameter token is base64url with padding.",
    section="2.2",
    part="BASE64URL",
    essential="the octets can't be told",
)


def write_authorization(token: Token) -> str:
    """The value of the field."""
    return f'{SCHEME} token="{base64url.write(encode(token))}"'


def read_authorization(fields: Sequence[str]) -> Token:
    """The token that a request presents, by its Authorization fields; it has still to be verified.

    Raises TokenRequired where there is no field, or one of another scheme; else InvalidToken.
    """
    if not fields:
        refuse(REQUIRED, "this takes a token, and there is none")
    check(ONE, len(fields) == 1, f"there are {len(fields)} Authorization fields")
    scheme = scheme_of(fields[0])
    if scheme != SCHEME.lower():
        refuse(REQUIRED, f"this takes a token, and the scheme of Authorization is another than {SCHEME}")
    try:
        credentials = read_credentials(fields[0])
    except MalformedField as wrong:
        refuse(CREDENTIALS, f"Authorization can't be read: {wrong}", wrong)
    value = credentials.parameters.get("token")
    if value is None:
        refuse(CREDENTIALS, "there is no parameter token in Authorization")
    try:
        octets = base64url.read(value)
    except ValueError as wrong:
        refuse(ENCODING, "the token is not base64url with padding", wrong)
    return read_token(octets)
