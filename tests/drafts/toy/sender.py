"""The header that says who asks (PROTOCOL.md section 1), and the draft's checks, of which that is the first."""

from simulator.drafts.requests import http_checks as checks
from simulator.drafts.requests.call import Call, Check
from simulator.drafts.requests.endpoint import Envelope
from simulator.drafts.requests.wire_request import Headers, WireRequest
from simulator.services.names import BadName, fqdn
from simulator.services.refusal import Code, Refusal

_WHO = "toy@"


def from_header(provider: str) -> Headers:
    """The header of a provider's requests."""
    return (("from", f"{_WHO}{provider}"),)


def sender_of(request: WireRequest) -> str | None:
    """Which provider a request says that it is from, if it says so. Raises Refusal malformed."""
    said = ", ".join(request.all("from"))
    try:
        return fqdn(said.removeprefix(_WHO) if said.startswith(_WHO) else "") if said else None
    except BadName as error:
        raise Refusal(Code.malformed, f"From is {_WHO} and one provider: {error}") from error


def speaks_for_itself(call: Call) -> None:
    """Nobody says that it is another provider. Raises Refusal not_authorized or malformed."""
    sender = sender_of(call.request)
    call.head = Envelope(call.found.name if call.found else call.request.path, sender)
    if sender is not None and not call.request.covers(sender):
        raise Refusal(Code.not_authorized, f"the TLS client certificate does not cover {sender}")


CHECKS = (
    Check("from", speaks_for_itself, "toy-1 section 1", "TOY-FROM"),
    Check("host", checks.host, "toy-1 section 4", "TOY-HTTP"),
    Check("path", checks.path, "toy-1 section 4", "TOY-HTTP"),
    Check("method", checks.method, "toy-1 section 4", "TOY-HTTP"),
    Check("content type", checks.content_type, "toy-1 section 4", "TOY-HTTP"),
    Check("content coding", checks.content_coding, "toy-1 section 4", "TOY-HTTP"),
    Check("body size", checks.body_size, "toy-1 section 4", "TOY-HTTP"),
    Check("head", checks.head, local=True),
    Check("whole", checks.whole, local=True),
)
