"""The header that says who asks: `From: mimi@a.example` (PROTOCOL.md, Transport)."""

from collections.abc import Callable

from simulator.drafts.mimi_protocol_06.refusals import WRONG_SENDER
from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import Envelope
from simulator.drafts.requests.said_sender import SaidSender
from simulator.drafts.requests.wire_request import Headers, WireRequest
from simulator.rules import check, refuse
from simulator.services.names import BadName, fqdn
from simulator.services.refusal import Code, rule

_LOCAL_PART = "mimi@"
_SECTION = "PROTOCOL.md, Transport"

ONE = rule("P6-2-FROM", Code.malformed, _SECTION, part="ONE", essential="nobody says who asks")
FORM = rule("P6-2-FROM", Code.malformed, _SECTION, part="FORM", essential="nobody has such a name")
COVERED = rule("P6-2-FROM-CERTIFICATE", WRONG_SENDER, _SECTION)


def from_header(provider: str) -> Headers:
    """The header of a provider's requests."""
    return (("from", f"{_LOCAL_PART}{provider}"),)


def sender_of(request: WireRequest) -> str:
    """The provider that a request says it is from. Raises Refusal malformed."""
    said = request.all("from")
    if len(said) != 1:
        refuse(ONE, f"a request has one From header, not {len(said)}")
    local_part, domain = said[0][: len(_LOCAL_PART)], said[0][len(_LOCAL_PART) :]
    try:
        return fqdn(domain if local_part == _LOCAL_PART else "")
    except BadName as error:
        refuse(FORM, f"From is {_LOCAL_PART} and the name of a provider, not {said[0][:80]!r}: {error}", error)


SENDER = SaidSender(from_header, sender_of)


def head(name: str) -> Callable[[WireRequest], Envelope]:
    """How the head of a request to an endpoint is read: all that stands there is who asks."""

    def read(request: WireRequest) -> Envelope:
        sender = sender_of(request)
        return Envelope(name, sender, rate_keys=(f"provider {sender}",))

    return read


def covered(call: Call) -> None:
    """The certificate of the TLS client is of the provider in From. Raises Refusal wrong_sender."""
    sender = None if call.head is None else call.head.sender
    if sender is not None:
        words = f"the TLS client certificate does not cover {sender}, which From names"
        check(COVERED, call.request.covers(sender), words)
