"""What opening any request has in common: decode all of it, then look at version and names."""

from collections.abc import Callable
from typing import Any, TypeVar

from simulator.codec import DecodeError, decode
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.services.names import BadName, fqdn
from simulator.services.refusal import Code, Refusal

T = TypeVar("T")


def opened(request: type[T], body: bytes) -> T:
    """The request struct in `body`. Raises Refusal malformed."""
    try:
        return decode(request, body)
    except DecodeError as error:
        raise Refusal(Code.malformed, f"no {request.__name__}: {error}", "PROTOCOL.md section 3") from error


def check_head(head: Any) -> None:
    """Version and provider names of a struct that starts with them. Raises Refusal unsupported_version or malformed."""
    if head.version != MIMI10:
        raise Refusal(
            Code.unsupported_version, f"version {head.version}; only {MIMI10} is spoken here", "PROTOCOL.md section 2"
        )
    for field in ("sender", "recipient"):
        named(f"the {field}", getattr(head, field), fqdn)


def named(what: str, text: str, form: Callable[[str], object]) -> str:
    """`text` itself if `form` takes it for a name. Raises Refusal malformed."""
    try:
        form(text)
    except BadName as error:
        raise Refusal(Code.malformed, f"{what}: {error}", "PROTOCOL.md section 1") from error
    return text
