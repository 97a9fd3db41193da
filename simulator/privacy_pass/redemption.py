"""Whether a token is good at an origin (RFC 9577 2.2.2), but for whether it was spent."""

from collections.abc import Collection, Mapping

from simulator.privacy_pass import rsa
from simulator.privacy_pass.errors import InvalidToken
from simulator.privacy_pass.rsa import PublicKey
from simulator.privacy_pass.rule import RFC_9578, rule
from simulator.privacy_pass.token import Token, authenticator_input
from simulator.rules import check, refuse

ITS_CHALLENGE = rule(
    InvalidToken,
    "CACHE-1",
    "invalid_token",
    "A token is redeemed only where all that its challenge says is so: the origin's challenge is this one.",
    section="2.1.4",
    part="ORIGIN",
)
KEY_LISTED = rule(
    InvalidToken,
    "TOKEN-3",
    "invalid_token",
    "A token is made with a key that its issuer lists.",
    source=RFC_9578,
    section="6.4",
    part="KEY",
    essential="there is no key to verify it with",
)
AUTHENTIC = rule(
    InvalidToken,
    "TOKEN-3",
    "invalid_token",
    "The authenticator of a token is a signature of all its other fields.",
    source=RFC_9578,
    section="6.4",
)


def verify_token(token: Token, digests: Collection[bytes], keys: Mapping[bytes, PublicKey]) -> None:
    """Whether a token is for one of these challenges, and of one of the issuer's keys, by id. Raises InvalidToken."""
    check(ITS_CHALLENGE, token.challenge_digest in digests, "the token is for no challenge of ours that is good now")
    key = keys.get(token.token_key_id)
    if key is None:
        refuse(KEY_LISTED, f"the issuer has no key {token.token_key_id.hex()}")
    authentic = rsa.verifies(key, authenticator_input(token), token.authenticator)
    check(AUTHENTIC, authentic, "the authenticator of the token does not verify")
