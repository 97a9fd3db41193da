"""An issuer's directory: where it issues, with which keys, and how much (RFC 9578 4)."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin, urlsplit

from simulator.dataclass import dataclass
from simulator.printable import printable
from simulator.privacy_pass import base64url
from simulator.privacy_pass.errors import InvalidDirectory
from simulator.privacy_pass.rule import OURS, RFC_9578, rule
from simulator.privacy_pass.token_types import BLIND_RSA
from simulator.rules import check, refuse

PATH = "/.well-known/private-token-issuer-directory"
MEDIA_TYPE = "application/private-token-issuer-directory"
MOST = 65_536
"""The largest directory that is read, in octets."""

_LARGEST = 2**63 - 1
"""The largest number that is read."""
_SHOWN = 200
"""Characters of somebody else's text in a message."""

SIZE = rule(
    InvalidDirectory,
    "DIRECTORY-1",
    "too_large",
    "A directory has at most 64 KiB.",
    source=OURS,
    part="SIZE",
)
FORM = rule(
    InvalidDirectory,
    "DIRECTORY-1",
    "malformed",
    "A directory is JSON with the URL for token requests and the keys.",
    source=RFC_9578,
    section="4",
    essential="there is nothing to ask with",
)
OWN_URL = rule(
    InvalidDirectory,
    "DIRECTORY-2",
    "foreign_url",
    "The URL for token requests is https, at the issuer's own name.",
    source=OURS,
    part="URL",
)


class Per(StrEnum):
    """Whose tokens a budget counts together."""

    provider = "provider"
    user = "user"


@dataclass(frozen=True, slots=True)
class Budget:
    """How many tokens an issuer issues in a period (seconds), for each provider or each of its users."""

    per: Per
    tokens: int
    period: int


@dataclass(frozen=True, slots=True)
class DirectoryKey:
    """A key of token type 0x0002."""

    token_key: bytes
    """As SPKI."""
    not_before: int | None = None
    """From when on tokens are made with it, in Unix seconds; None where it does not say."""


@dataclass(frozen=True, slots=True)
class Directory:
    """What an issuer publishes. Of keys of other types nothing is kept."""

    request_uri: str
    """Relative or absolute."""
    keys: tuple[DirectoryKey, ...]
    """The preferred one first."""
    budget: Budget | None = None
    """Not of RFC 9578."""

    def lists(self, token_key: bytes) -> bool:
        """Whether a key (SPKI) is one of them, octet by octet."""
        return any(key.token_key == token_key for key in self.keys)

    def current_key(self, now: int) -> DirectoryKey | None:
        """What tokens are made with: the first key whose moment has come (Unix seconds), if any has."""
        return next((key for key in self.keys if key.not_before is None or key.not_before <= now), None)


def directory_url(issuer: str) -> str:
    """Where the directory of an issuer is."""
    return f"https://{issuer}{PATH}"


def request_url(issuer: str, directory: Directory) -> str:
    """Where an issuer takes token requests. Raises InvalidDirectory if that is not at the issuer."""
    try:
        url = urljoin(directory_url(issuer), directory.request_uri)
        parts = urlsplit(url)
    except ValueError as wrong:
        refuse(FORM, "the URL for token requests is none", wrong)
    own = parts.scheme == "https" and parts.netloc.lower() == issuer.lower()
    check(OWN_URL, own, f"the issuer {issuer} sends token requests to {printable(url, _SHOWN)}")
    return url


def write_directory(directory: Directory) -> bytes:
    """The directory as compact JSON."""
    members: dict[str, Any] = {
        "issuer-request-uri": directory.request_uri,
        "token-keys": [_written(key) for key in directory.keys],
    }
    if directory.budget is not None:
        budget = directory.budget
        members["mimi-budget"] = {"per": budget.per, "tokens": budget.tokens, "period": budget.period}
    return json.dumps(members, separators=(",", ":")).encode()


def _written(key: DirectoryKey) -> dict[str, Any]:
    members = {"token-type": BLIND_RSA, "token-key": base64url.write(key.token_key)}
    return members if key.not_before is None else {**members, "not-before": key.not_before}


def read_directory(content: bytes) -> Directory:
    """What an issuer has published. Members and types that we don't know are ignored. Raises InvalidDirectory."""
    check(SIZE, len(content) <= MOST, f"the directory has {len(content)} octets, {MOST} are read")
    try:
        members = json.loads(content)
        budget = None if "mimi-budget" not in members else _budget(members["mimi-budget"])
        uri, listed = _text(members["issuer-request-uri"]), _list(members["token-keys"])
        keys = tuple(_key(each) for each in listed if _number(each["token-type"]) == BLIND_RSA)
    except (ValueError, TypeError, KeyError, RecursionError) as wrong:
        refuse(FORM, "the directory is not JSON with the members that it has to have", wrong)
    return Directory(uri, keys, budget)


def _key(members: Mapping[str, Any]) -> DirectoryKey:
    not_before = members.get("not-before")
    token_key = base64url.read(_text(members["token-key"]))
    return DirectoryKey(token_key, None if not_before is None else _number(not_before))


def _budget(members: Mapping[str, Any]) -> Budget:
    return Budget(Per(members["per"]), _number(members["tokens"]), _number(members["period"], least=1))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _number(value: Any, least: int = 0) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST:
        raise TypeError
    return value
