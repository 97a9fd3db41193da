"""What opening any request has in common: version and names first, then all of it, within bounds."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from simulator.codec import MOST_VALUES, DecodeError, TooManyValues, decode, decode_prefix
from simulator.drafts.mimi_transport_00.messages.common import MIMI10, Head
from simulator.drafts.requests.endpoint import Envelope, HTTPRefusal
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import Rule, check, refuse
from simulator.services.names import BadName, fqdn
from simulator.services.refusal import Code, rule

T = TypeVar("T")

VERSION = rule("P-2-400-VERSION", Code.unsupported_version, "PROTOCOL.md section 2")
VALUES = Rule(
    "P-2-413-VALUES",
    partial(HTTPRefusal, Code.malformed, section="PROTOCOL.md section 2", status=413),
    essential="the rest has not been decoded",
)
HEAD = rule(
    "P-2-400-HEAD", Code.malformed, "PROTOCOL.md section 3", part="FORM", essential="what can't be decoded says nothing"
)
BODY = rule("P-2-400-BODY", Code.malformed, "PROTOCOL.md section 3", essential="what can't be decoded says nothing")
NAME = rule("P-2-400-HEAD", Code.malformed, "PROTOCOL.md section 1", part="NAMES", essential="nobody has such a name")


def opened(request: type[T], body: bytes) -> T:
    """The request struct in `body`. Raises HTTPRefusal 413, and Refusal malformed."""
    try:
        return decode(request, body, MOST_VALUES)
    except TooManyValues as error:
        where = f"{error.path} at byte {error.offset}"
        words = f"more than {MOST_VALUES} values (structs and items of vectors) in one {request.__name__}: {where}"
        refuse(VALUES, words, error)
    except DecodeError as error:
        refuse(BODY, f"no {request.__name__}: {error}", error)


def head(request: type, body: bytes, form: type[T]) -> T:
    """What a `request` begins with, as a struct with at least the fields of `Head`. Raises Refusal malformed or
    unsupported_version.
    """
    try:
        found, _ = decode_prefix(form, body)
    except DecodeError as error:
        refuse(HEAD, f"no {request.__name__}: {error}", error)
    check_head(found)
    return found


def by_provider(request: type, operation: str) -> Callable[[WireRequest], Envelope]:
    """How the head of a request is read that draws from the bucket of the provider that sends it."""

    def read(asked: WireRequest) -> Envelope:
        found = head(request, asked.body, Head)
        return Envelope(operation, found.sender, found.recipient, rate_keys=(f"provider {found.sender}",))

    return read


def check_head(head: Any) -> None:
    """Version and provider names of a struct that starts with them. Raises Refusal unsupported_version or malformed."""
    check(VERSION, head.version == MIMI10, f"version {head.version}; only {MIMI10} is spoken here")
    for field in ("sender", "recipient"):
        named(f"the {field}", getattr(head, field), fqdn)


def named(what: str, text: str, form: Callable[[str], object]) -> str:
    """`text` itself if `form` takes it for a name. Raises Refusal malformed."""
    try:
        form(text)
    except BadName as error:
        refuse(NAME, f"{what}: {error}", error)
    return text
