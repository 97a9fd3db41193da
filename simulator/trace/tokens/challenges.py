"""The challenges that a trace has shown, by their digests, and the tokens that were presented."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from simulator.codec import DecodeError, decode
from simulator.privacy_pass import base64url
from simulator.privacy_pass.auth_field import AuthElement, MalformedField, read_challenges
from simulator.privacy_pass.challenge import TokenChallenge
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.token_types import BLIND_RSA, token_type
from simulator.privacy_pass.www_authenticate import SCHEME
from simulator.trace.events import Exchange, Headers

CHALLENGE_FIELD = "www-authenticate"
AUTHORIZATION = "authorization"
MOST = 10_000
"""How many challenges are remembered."""

Shown = Mapping[bytes, TokenChallenge]
"""Challenges by their digest."""


def shown_challenges(exchanges: Iterable[Exchange]) -> Shown:
    """The challenges in all answers, as far as they can be read; the first ones where there are too many."""
    found: dict[bytes, TokenChallenge] = {}
    for exchange in exchanges:
        for name, value in exchange.response_headers:
            if name.lower() == CHALLENGE_FIELD and len(found) < MOST:
                found.update(_readable(value))
    return found


def elements(value: str) -> tuple[AuthElement, ...]:
    """The elements of the scheme PrivateToken in a header's value. Raises MalformedField."""
    return tuple(each for each in read_challenges(value) if each.scheme == SCHEME.lower())


def octets(element: AuthElement, name: str) -> bytes | None:
    """The octets that a parameter stands for; None where it is not there, or is no base64url."""
    try:
        return base64url.read(element.parameters[name])
    except (KeyError, ValueError):
        return None


def readable(challenge: bytes) -> TokenChallenge | None:
    """The challenge that these octets are; None for what has another type, or not its fields."""
    if token_type(challenge) != BLIND_RSA:
        return None
    try:
        return decode(TokenChallenge, challenge)
    except DecodeError:
        return None


def offered_keys(headers: Headers) -> Iterator[tuple[TokenChallenge, bytes]]:
    """The challenges in the headers of an answer, each with the key that comes with it, as far as both can be read."""
    for name, value in headers:
        for element in _elements(value) if name.lower() == CHALLENGE_FIELD else ():
            data, key = octets(element, "challenge"), octets(element, "token-key")
            challenge = None if data is None else readable(data)
            if challenge is not None and key is not None:
                yield challenge, key


def presented_tokens(headers: Headers) -> tuple[Token | None, ...]:
    """The tokens in the headers of a request; None for each that can't be read."""
    values = [value for name, value in headers if name.lower() == AUTHORIZATION]
    return tuple(_token(each) for value in values for each in _elements(value))


def _elements(value: str) -> tuple[AuthElement, ...]:
    try:
        return elements(value)
    except MalformedField:
        return ()


def _token(element: AuthElement) -> Token | None:
    data = octets(element, "token")
    try:
        return None if data is None or token_type(data) != BLIND_RSA else decode(Token, data)
    except DecodeError:
        return None


def _readable(value: str) -> Iterator[tuple[bytes, TokenChallenge]]:
    for element in _elements(value):
        data = octets(element, "challenge")
        challenge = None if data is None else readable(data)
        if data is not None and challenge is not None:
            yield hashlib.sha256(data).digest(), challenge
