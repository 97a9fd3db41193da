"""What the headers say that belong to tokens: field by field, and as a sentence for people."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from simulator.dataclass import dataclass
from simulator.printable import printable
from simulator.privacy_pass.auth_field import AuthElement, MalformedField
from simulator.privacy_pass.challenge import TokenChallenge
from simulator.privacy_pass.message_signature import HOLDER
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.token_types import BLIND_RSA, token_type
from simulator.trace.events import Headers
from simulator.trace.span_tree import UNDECODED
from simulator.trace.tokens.bodies import struct_dissection
from simulator.trace.tokens.challenges import AUTHORIZATION, CHALLENGE_FIELD, Shown, elements, octets, readable

_SHOWN = 100
"""Characters of somebody else's text in a sentence."""
_TEXTS = ("issuer_name", "origin_info")
"""The fields that are text, whatever they hold."""
_BINARY = re.compile(r"(?:[a-z]+=)?:([A-Za-z0-9+/=]*):")
_INPUT = re.compile(r"(?P<label>[a-z*][a-z0-9_.*-]*)=\((?P<covered>[^()]*)\)(?P<parameters>(?:;[^;]+)*)")


@dataclass(frozen=True, slots=True)
class FieldMeaning:
    """What a header says, or one of the challenges in it."""

    place: int
    """Which of the headers it is, from 0."""
    name: str
    """In lower case."""
    said: str
    """The sentence."""
    values: Mapping[str, str]
    """By path (`challenge.issuer_name`); octets that are no text in hex."""
    readable: bool = True
    """Whether all of it could be read; what is of a type that is not known can."""


def field_meanings(headers: Headers, body: bytes, shown: Shown) -> tuple[FieldMeaning, ...]:
    """Of the headers that go with a body, those that belong to tokens. `shown` are the challenges that tokens may be
    for. Never raises, whatever the headers hold.
    """
    found = []
    for place, (name, value) in enumerate(headers):
        read = _READERS.get(name.lower())
        if read is not None:
            found += [FieldMeaning(place, name.lower(), *each) for each in read(value, body, shown)]
    return tuple(found)


def short(octets: bytes | str) -> str:
    """Octets, or their hex, as people tell them apart."""
    return f"{(octets if isinstance(octets, str) else octets.hex())[:8]}.."


_Said = Iterator[tuple[str, Mapping[str, str], bool]]


def _challenges(value: str, body: bytes, shown: Shown) -> _Said:
    try:
        found = elements(value)
    except MalformedField as wrong:
        yield f"challenges that can't be read: {wrong}", {}, False
        return
    yield from map(_challenge, found)


def _challenge(element: AuthElement) -> tuple[str, Mapping[str, str], bool]:
    values: dict[str, str] = {}
    data, key = octets(element, "challenge"), octets(element, "token-key")
    said = ["a challenge that can't be read"]
    if data is not None:
        values |= _fields("challenge", TokenChallenge, data)
        said = [_wanted(data)]
    if key is not None:
        identifier = hashlib.sha256(key).digest()
        values |= {"token-key.id": identifier.hex(), "token-key.octets": str(len(key))}
        said.append(f"key {short(identifier)}")
    values |= {name: each for name, each in element.parameters.items() if name not in ("challenge", "token-key")}
    if "max-age" in values:
        said.append(f"for {printable(values['max-age'], _SHOWN)} s")
    return ", ".join(said), values, _is_readable(data) and (key is not None or "token-key" not in element.parameters)


def _is_readable(data: bytes | None) -> bool:
    """Whether these octets are a challenge, perhaps of a type that is not known."""
    kind = None if data is None else token_type(data)
    return data is not None and kind is not None and (kind != BLIND_RSA or readable(data) is not None)


def _wanted(data: bytes) -> str:
    challenge, kind = readable(data), token_type(data)
    if challenge is not None:
        return f"wants a token {_purpose(challenge)}"
    return "wants a token" if kind is None else f"wants a token of type 0x{kind:04x}, which can't be read"


def _purpose(challenge: TokenChallenge) -> str:
    """What the tokens of a challenge are good for."""
    issuer, context = printable(challenge.issuer, _SHOWN), challenge.redemption_context
    origins = printable(" or ".join(challenge.origins), _SHOWN) or "anybody"
    return f"of {issuer} for {origins}, {f'context {short(context)}' if context else 'without context'}"


def _authorization(value: str, body: bytes, shown: Shown) -> _Said:
    try:
        found = elements(value)
    except MalformedField as wrong:
        if value.lower().startswith("privatetoken"):
            yield f"a token that can't be read: {wrong}", {}, False
        return
    for element in found:
        data = octets(element, "token")
        if data is None:
            yield "a token that can't be read", dict(element.parameters), False
            continue
        values = _fields("token", Token, data)
        yield _token(values, shown), values, "token.authenticator" in values


def _token(values: Mapping[str, str], shown: Shown) -> str:
    if "token.authenticator" not in values:
        return "a token that can't be read"
    digest, nonce, key = (values.get(f"token.{name}", "") for name in ("challenge_digest", "nonce", "token_key_id"))
    challenge = shown.get(bytes.fromhex(digest))
    purpose = _purpose(challenge) if challenge else f"for challenge {short(digest)}, which is not shown here"
    return f"a token {purpose}, key {short(key)}, nonce {short(nonce)}"


def _signature_input(value: str, body: bytes, shown: Shown) -> _Said:
    found = _INPUT.fullmatch(value)
    if found is None:
        yield "what is signed can't be read", {}, False
        return
    pairs = (each.partition("=") for each in found["parameters"].split(";") if each)
    values = {name: said.strip('"') for name, _, said in pairs}
    covered = ", ".join(found["covered"].replace('"', "").split())
    said = f"signed by {values.get('keyid', 'nobody')}{_moment(values.get('created', ''))}"
    yield printable(" ".join(said.split()), _SHOWN), {"covered": covered, **values}, True


def _moment(created: str) -> str:
    try:
        return f" at {datetime.fromtimestamp(int(created), UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return ""


def _digest(value: str, body: bytes, shown: Shown) -> _Said:
    digest = _binary(value.removeprefix("sha-256="))
    if digest is not None:
        right = digest == hashlib.sha256(body).digest()
        yield f"the SHA-256 of {'this' if right else 'another'} body", {"sha-256": digest.hex()}, True


def _signature(value: str, body: bytes, shown: Shown) -> _Said:
    signature = _binary(value)
    if signature is not None:
        yield f"{len(signature)} octets", {"signature": signature.hex()}, True


def _holder(value: str, body: bytes, shown: Shown) -> _Said:
    pseudonym = _binary(value)
    if pseudonym is not None:
        yield f"for the pseudonym {short(pseudonym)}", {"pseudonym": pseudonym.hex()}, True


def _binary(value: str) -> bytes | None:
    """A byte sequence of RFC 8941 3.3.5; None for what is none."""
    found = _BINARY.fullmatch(value)
    try:
        return None if found is None else base64.b64decode(found[1], validate=True)
    except ValueError:
        return None


def _fields(name: str, struct: Any, data: bytes) -> dict[str, str]:
    """The fields of a struct, as far as the octets are one; of another type of token, only the type."""
    kind = token_type(data)
    if kind is not None and kind != BLIND_RSA:
        return {f"{name}.token_type": str(kind), f"{name}.undecoded": data[2:].hex()}
    leaves = [each for each in struct_dissection(struct, data).root.leaves() if each.type != UNDECODED]
    return {f"{name}.{each.path}": _text(each.value) if each.path in _TEXTS else each.value for each in leaves}


def _text(octets: str) -> str:
    return bytes.fromhex(octets).decode("ascii", "backslashreplace")


_READERS: Mapping[str, Callable[[str, bytes, Shown], _Said]] = {
    CHALLENGE_FIELD: _challenges,
    AUTHORIZATION: _authorization,
    "signature-input": _signature_input,
    "signature": _signature,
    "content-digest": _digest,
    HOLDER: _holder,
}
