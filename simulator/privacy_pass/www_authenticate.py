"""Challenges as the field WWW-Authenticate carries them (RFC 9577 2.1)."""

import re
from collections.abc import Iterable

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.privacy_pass import base64url
from simulator.privacy_pass.auth_field import AuthElement, MalformedField, read_challenges
from simulator.privacy_pass.challenge import TokenChallenge, read_challenge
from simulator.privacy_pass.errors import InvalidChallenge
from simulator.privacy_pass.rule import rule
from simulator.rules import check, refuse

SCHEME = "PrivateToken"

FIELD = rule(
    InvalidChallenge,
    "CHALLENGE-8",
    "malformed",
    "A field with challenges follows the grammar of RFC 9110.",
    section="2.1.2",
    part="FIELD",
    essential="where its challenges begin and end can't be told",
)
PRESENT = rule(
    InvalidChallenge,
    "CHALLENGE-6",
    "malformed",
    "The parameter challenge is always there.",
    section="2.1.1",
    part="PRESENT",
    essential="there is no challenge",
)
ENCODING = rule(
    InvalidChallenge,
    "CHALLENGE-6",
    "malformed",
    "The parameters challenge and token-key are base64url with padding.",
    section="2.1.1",
    part="BASE64URL",
    essential="the octets can't be told",
)
MAX_AGE = rule(
    InvalidChallenge,
    "CHALLENGE-8",
    "malformed",
    "The parameter max-age is a number of seconds.",
    section="2.1.1",
    part="MAX-AGE",
)

_SECONDS = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class ChallengeOffer:
    """A challenge, and what comes with it."""

    challenge: TokenChallenge
    token_key: bytes | None = None
    """The public key of the issuer, as SPKI; None where the client is to know it from elsewhere."""
    max_age: int | None = None
    """For how many seconds the origin takes tokens for it; None where that is not said."""


@dataclass(frozen=True, slots=True)
class Offers:
    """The PrivateToken challenges of an answer, in order. Those of other schemes are nowhere in here."""

    usable: tuple[ChallengeOffer, ...]
    ignored: tuple[InvalidChallenge, ...]
    """Why the others are ignored."""


def write_offer(offer: ChallengeOffer) -> str:
    """The value of the field, with the parameters quoted."""
    return _written(encode(offer.challenge), offer.token_key, offer.max_age)


def write_octets(challenge: bytes, token_key: bytes) -> str:
    """The same with a challenge of a type that has another structure."""
    return _written(challenge, token_key, None)


def _written(challenge: bytes, token_key: bytes | None, max_age: int | None) -> str:
    parts = [f'{SCHEME} challenge="{base64url.write(challenge)}"']
    if token_key is not None:
        parts.append(f'token-key="{base64url.write(token_key)}"')
    if max_age is not None:
        parts.append(f"max-age={max_age}")
    return ", ".join(parts)


def read_offers(fields: Iterable[str]) -> Offers:
    """What an answer's WWW-Authenticate fields ask for.

    Never raises: what can't be used is ignored, each challenge by itself, or a whole field that breaks the grammar.
    """
    usable: list[ChallengeOffer] = []
    ignored: list[InvalidChallenge] = []
    for field in fields:
        try:
            elements = _elements(field)
        except InvalidChallenge as wrong:
            ignored.append(wrong)
            continue
        for element in elements:
            try:
                usable.append(_offer(element))
            except InvalidChallenge as wrong:
                ignored.append(wrong)
    return Offers(tuple(usable), tuple(ignored))


def _elements(field: str) -> tuple[AuthElement, ...]:
    try:
        found = read_challenges(field)
    except MalformedField as wrong:
        refuse(FIELD, f"WWW-Authenticate can't be read: {wrong}", wrong)
    return tuple(each for each in found if each.scheme == SCHEME.lower())


def _offer(element: AuthElement) -> ChallengeOffer:
    """Raises InvalidChallenge. Unknown parameters are ignored (PP-CHALLENGE-7)."""
    challenge = _octets(element, "challenge")
    if challenge is None:
        refuse(PRESENT, "there is no challenge in the challenge")
    read = read_challenge(challenge)
    return ChallengeOffer(read, _octets(element, "token-key"), _max_age(element))


def _octets(element: AuthElement, name: str) -> bytes | None:
    value = element.parameters.get(name)
    if value is None:
        return None
    try:
        return base64url.read(value)
    except ValueError as wrong:
        refuse(ENCODING, f"the parameter {name} is not base64url with padding", wrong)


def _max_age(element: AuthElement) -> int | None:
    value = element.parameters.get("max-age")
    if value is None:
        return None
    good = _SECONDS.fullmatch(value) is not None
    return int(value) if check(MAX_AGE, good, "max-age is no number of seconds") else None
