"""What an origin asks for: a token of which issuer, for whom, and when (RFC 9577 2.1)."""

import hashlib
import re
from typing import Annotated

from simulator.codec import Bounded, DecodeError, decode, encode, struct, uint16
from simulator.printable import printable
from simulator.privacy_pass.errors import InvalidChallenge
from simulator.privacy_pass.rule import OURS, rule
from simulator.privacy_pass.token_types import BLIND_RSA, token_type
from simulator.rules import check, refuse

BEGINS_WITH_TYPE = rule(
    InvalidChallenge,
    "CHALLENGE-1",
    "malformed",
    "A challenge begins with its token type, of two octets.",
    section="2.1.1",
    essential="what it is a challenge for can't be told",
)
KNOWN_TYPE = rule(
    InvalidChallenge,
    "CHALLENGE-2",
    "unsupported_type",
    "A client ignores challenges of token types that it does not know.",
    section="2.1.1",
    essential="nobody knows how such a token is made",
)
CONTEXT = rule(
    InvalidChallenge,
    "CHALLENGE-3",
    "malformed",
    "A redemption context has 32 octets, or none.",
    section="2.1.1",
)
LISTED = rule(
    InvalidChallenge,
    "CHALLENGE-4",
    "foreign_origin",
    "The origin that sends a challenge is one of those that the challenge lists.",
    section="2.1.1",
)
SOMEBODY_LISTED = rule(
    InvalidChallenge,
    "CHALLENGE-4",
    "foreign_origin",
    "A challenge says for which origins its tokens are, so that nobody can pass it on as his own.",
    source=OURS,
    part="ANYBODY",
)
NAMES = rule(
    InvalidChallenge,
    "CHALLENGE-5",
    "malformed",
    "The names of issuers and origins are a host and perhaps a port, without userinfo.",
    section="2.1.1",
)
WELL_FORMED = rule(
    InvalidChallenge,
    "CHALLENGE-8",
    "malformed",
    "A challenge that can't be read to its last octet is ignored.",
    section="2.1.2",
    part="STRUCT",
    essential="it has no fields",
)

CONTEXT_SIZE = 32
_SHOWN = 100
"""Characters of somebody else's text in a message."""
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE)


# RFC 9577 2.1.1
# struct {
#     uint16_t token_type;
#     opaque issuer_name<1..2^16-1>;
#     opaque redemption_context<0..32>;
#     opaque origin_info<0..2^16-1>;
# } TokenChallenge;
@struct
class TokenChallenge:
    token_type: uint16
    issuer_name: Annotated[bytes, Bounded(1, 2**16 - 1)]
    redemption_context: Annotated[bytes, Bounded(0, CONTEXT_SIZE)]
    origin_info: Annotated[bytes, Bounded(0, 2**16 - 1)]

    @property
    def issuer(self) -> str:
        """Who issues the tokens."""
        return self.issuer_name.decode("ascii", "backslashreplace")

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the tokens are good; nobody where it does not say."""
        info = self.origin_info.decode("ascii", "backslashreplace")
        return tuple(info.split(",")) if info else ()


def challenge_digest(challenge: TokenChallenge) -> bytes:
    """What tokens name a challenge by (RFC 9577 2.2)."""
    return hashlib.sha256(encode(challenge)).digest()


def token_challenge(issuer: str, context: bytes, origin: str) -> TokenChallenge:
    """The challenge of an origin for a token of this issuer."""
    return TokenChallenge(BLIND_RSA, issuer.encode("ascii"), context, origin.encode("ascii"))


def read_challenge(data: bytes) -> TokenChallenge:
    """A challenge that a client can use, whoever it is for. Raises InvalidChallenge."""
    kind = token_type(data)
    if kind is None:
        refuse(BEGINS_WITH_TYPE, f"a challenge of {len(data)} octets has no type")
    check(KNOWN_TYPE, kind == BLIND_RSA, f"token type 0x{kind:04x} is not supported")
    try:
        challenge = decode(TokenChallenge, data)
    except DecodeError as wrong:
        refuse(WELL_FORMED, f"the challenge is malformed: {wrong}", wrong)
    size = len(challenge.redemption_context)
    check(CONTEXT, size in (0, CONTEXT_SIZE), f"the redemption context has {size} octets")
    for name in (challenge.issuer, *challenge.origins):
        check(NAMES, _NAME.fullmatch(name) is not None, f'"{printable(name, _SHOWN)}" is not the name of a server')
    return challenge


def check_origin(challenge: TokenChallenge, host: str) -> None:
    """Whether a challenge is for the origin that was asked. Raises InvalidChallenge."""
    check(SOMEBODY_LISTED, bool(challenge.origins), f"the challenge of {host} is for no origin in particular")
    if challenge.origins:
        listed = host.lower() in {origin.lower() for origin in challenge.origins}
        check(LISTED, listed, f"the challenge of {host} is for {printable(','.join(challenge.origins), _SHOWN)}")
