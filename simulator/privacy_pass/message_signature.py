"""A provider's signature over a token request: HTTP message signatures (RFC 9421) in the one form that is taken.

    Content-Digest: sha-256=:<base64>:
    Signature-Input: mimi=("@method" "@authority" "@path" "content-type" "content-digest");created=1700000000;
                     keyid="a.example";alg="ed25519"            (in one line)
    Signature: mimi=:<base64>:

With a holder there is also `Mimi-Token-Holder: :<base64 of 32 octets>:`, and its name is the last in the list. Other
octets are refused, so that nobody has to parse structured fields.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from simulator.dataclass import dataclass
from simulator.privacy_pass.errors import InvalidMessageSignature
from simulator.privacy_pass.holders import PSEUDONYM_SIZE
from simulator.privacy_pass.issuance import REQUEST_TYPE
from simulator.privacy_pass.rule import OURS, RFC_9421, rule
from simulator.rules import check, refuse

Headers: TypeAlias = Sequence[tuple[str, str]]
"""Names in lower case, and values."""

HOLDER = "mimi-token-holder"
MOST_SKEW = 300
"""How far from now the moment of a signature may be, in seconds."""

FORM = rule(
    InvalidMessageSignature,
    "ATTEST-1",
    "malformed_signature",
    "A token request is signed in the one form that there is.",
    source=OURS,
    part="FORM",
    essential="what is signed by whom can't be told",
)
DIGEST = rule(
    InvalidMessageSignature,
    "ATTEST-1",
    "wrong_digest",
    "The digest that is signed is that of the body.",
    source="RFC 9530",
    section="2",
    part="DIGEST",
)
FRESH = rule(
    InvalidMessageSignature,
    "ATTEST-1",
    "not_fresh",
    "A token request was signed within 300 seconds of now.",
    source=OURS,
    part="FRESH",
)
GENUINE = rule(
    InvalidMessageSignature,
    "ATTEST-1",
    "invalid_signature",
    "Tokens are issued for the signature of a provider, over this request to this issuer.",
    source=RFC_9421,
    section="3.2",
)

_DERIVED = ("@method", "@authority", "@path")
_INPUT = re.compile(
    r'mimi=\([^()]*\);created=(?P<created>0|[1-9][0-9]{0,11});keyid="(?P<keyid>[!#-\[\]-~]{1,255})";alg="ed25519"'
)
_SIGNATURE = re.compile(r"mimi=:(?P<value>[A-Za-z0-9+/=]+):")
_HOLDER = re.compile(r":(?P<value>[A-Za-z0-9+/=]+):")
_SIGNATURE_SIZE = 64


@dataclass(frozen=True, slots=True)
class RequestTarget:
    """A token request, but for what signs it."""

    authority: str
    """The issuer's name."""
    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a provider says with its signature; whether it is the provider's has to be checked."""

    provider: str
    created: int
    """When, in Unix seconds."""
    holder: bytes | None
    """The pseudonym of the user that it asks for, where it says one."""
    base: bytes
    """What is signed."""
    signature: bytes


def attest(
    target: RequestTarget, provider: str, created: int, sign: Callable[[bytes], bytes], holder: bytes | None = None
) -> Headers:
    """The headers that go with a token request of a provider; `sign` signs with its Ed25519 key."""
    fields = _fields(target.body, holder)
    parameters = _parameters([name for name, _ in fields], provider, created)
    signature = sign(_base(target, fields, parameters))
    added = [("signature-input", f"mimi={parameters}"), ("signature", f"mimi={_binary(signature)}")]
    return (*fields, *added)


def read_attestation(target: RequestTarget, headers: Headers) -> Attestation:
    """What these headers say of a token request. Raises InvalidMessageSignature for any other form."""
    written = _one(headers, "signature-input")
    said = _INPUT.fullmatch(written)
    if said is None:
        refuse(FORM, "Signature-Input has another form than the one that is taken")
    holder = read_holder(headers)
    signature = _octets(_SIGNATURE, headers, "signature", _SIGNATURE_SIZE)
    fields = _fields(target.body, holder)
    parameters = _parameters([name for name, _ in fields], said["keyid"], int(said["created"]))
    if _one(headers, "content-type") != REQUEST_TYPE:
        refuse(FORM, f"content-type is another than {REQUEST_TYPE}")
    if written != f"mimi={parameters}":
        refuse(FORM, "Signature-Input covers something else than what is to be covered")
    given = _one(headers, "content-digest")
    check(DIGEST, given == fields[1][1], "Content-Digest is not the digest of the body")
    base = _base(target, fields, parameters)
    return Attestation(said["keyid"], int(said["created"]), holder, base, signature)


def holder_headers(holder: bytes | None) -> Headers:
    """Those of a token request that say a holder, where it is not signed: TLS tells whose it is."""
    return () if holder is None else ((HOLDER, _binary(holder)),)


def read_holder(headers: Headers) -> bytes | None:
    """The holder that a token request says, if it says one. Raises InvalidMessageSignature for any other form."""
    return _octets(_HOLDER, headers, HOLDER, PSEUDONYM_SIZE) if _there(headers, HOLDER) else None


def check_fresh(attestation: Attestation, now: int) -> None:
    """Whether it was signed just now (Unix seconds). Raises InvalidMessageSignature."""
    away = abs(now - attestation.created)
    check(FRESH, away <= MOST_SKEW, f"the request was signed {away} seconds from now, {MOST_SKEW} are taken")


def check_genuine(attestation: Attestation, verifies: Callable[[bytes, bytes], bool]) -> None:
    """Whether the provider has signed it; `verifies` checks content and signature with the provider's key.

    Raises InvalidMessageSignature.
    """
    genuine = verifies(attestation.base, attestation.signature)
    check(GENUINE, genuine, f"the signature of the token request is not that of {attestation.provider}")


def signature_base(lines: Iterable[tuple[str, str]], parameters: str) -> bytes:
    """What is signed (RFC 9421 2.5): components with their values, and the signature's parameters."""
    covered = [f'"{name}": {value}' for name, value in lines]
    return "\n".join([*covered, f'"@signature-params": {parameters}']).encode()


def _fields(body: bytes, holder: bytes | None) -> list[tuple[str, str]]:
    """The headers that are signed, in order."""
    digest = f"sha-256={_binary(hashlib.sha256(body).digest())}"
    fields = [("content-type", REQUEST_TYPE), ("content-digest", digest)]
    return [*fields, *holder_headers(holder)]


def _base(target: RequestTarget, fields: list[tuple[str, str]], parameters: str) -> bytes:
    derived = zip(_DERIVED, ("POST", target.authority.lower(), target.path), strict=True)
    return signature_base([*derived, *fields], parameters)


def _parameters(fields: list[str], provider: str, created: int) -> str:
    names = " ".join(f'"{name}"' for name in (*_DERIVED, *fields))
    return f'({names});created={created};keyid="{provider}";alg="ed25519"'


def _binary(data: bytes) -> str:
    """A byte sequence of RFC 8941 3.3.5."""
    return f":{base64.b64encode(data).decode()}:"


def _octets(form: re.Pattern[str], headers: Headers, name: str, size: int) -> bytes:
    """The `size` octets that a header has, in their one encoding."""
    found = form.fullmatch(_one(headers, name))
    if found is None:
        refuse(FORM, f"{name} has another form than the one that is taken")
    try:
        data = base64.b64decode(found["value"], validate=True)
    except ValueError as wrong:
        refuse(FORM, f"{name} is not base64", wrong)
    if len(data) != size or base64.b64encode(data).decode() != found["value"]:
        refuse(FORM, f"{name} is not the one encoding of {size} octets")
    return data


def _there(headers: Headers, name: str) -> bool:
    return any(each == name for each, _ in headers)


def _one(headers: Headers, name: str) -> str:
    values = [value for each, value in headers if each == name]
    if len(values) != 1:
        refuse(FORM, f"there are {len(values)} headers {name}, not one")
    return values[0]
