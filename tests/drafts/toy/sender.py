"""The header that says who asks (PROTOCOL.md section 1), and the draft's checks, of which that is the first."""

from simulator.drafts.requests import http_checks as checks
from simulator.drafts.requests.call import Call, Check
from simulator.drafts.requests.endpoint import Envelope
from simulator.drafts.requests.wire_request import Headers, WireRequest
from simulator.rules import check, refuse
from simulator.services.names import BadName, fqdn
from simulator.services.refusal import Code, rule

_WHO = "toy@"
_FROM = "toy-1 section 1"
_HTTP = "toy-1 section 4"

CERTIFICATE = rule("TOY-FROM", Code.not_authorized, _FROM, part="CERTIFICATE")
FORM = rule("TOY-FROM", Code.malformed, _FROM, part="FORM", essential="nobody has such a name")
HOST = checks.http_rule("TOY-HTTP", Code.malformed, 421, _HTTP, part="HOST")
PATH = checks.http_rule("TOY-HTTP", Code.unsupported_operation, 404, _HTTP, part="PATH", essential="nothing serves it")
METHOD = checks.http_rule("TOY-HTTP", Code.unsupported_operation, 405, _HTTP, part="METHOD")
CONTENT_TYPE = checks.http_rule("TOY-HTTP", Code.malformed, 415, _HTTP, part="TYPE")
CONTENT_CODING = checks.http_rule("TOY-HTTP", Code.malformed, 415, _HTTP, part="CODING")
BODY_SIZE = checks.http_rule("TOY-HTTP", Code.malformed, 413, _HTTP, part="SIZE", essential="it is not all there")


def from_header(provider: str) -> Headers:
    """The header of a provider's requests."""
    return (("from", f"{_WHO}{provider}"),)


def sender_of(request: WireRequest) -> str | None:
    """Which provider a request says that it is from, if it says so. Raises Refusal malformed."""
    said = ", ".join(request.all("from"))
    try:
        return fqdn(said.removeprefix(_WHO) if said.startswith(_WHO) else "") if said else None
    except BadName as error:
        refuse(FORM, f"From is {_WHO} and one provider: {error}", error)


def speaks_for_itself(call: Call) -> None:
    """Nobody says that it is another provider. Raises Refusal not_authorized or malformed."""
    sender = sender_of(call.request)
    call.head = Envelope(call.found.name if call.found else call.request.path, sender)
    covered = sender is None or call.request.covers(sender)
    check(CERTIFICATE, covered, f"the TLS client certificate does not cover {sender}")


CHECKS = (
    Check("from", speaks_for_itself),
    Check("host", checks.host(HOST)),
    Check("path", checks.path(PATH)),
    Check("method", checks.method(METHOD)),
    Check("content type", checks.content_type(CONTENT_TYPE)),
    Check("content coding", checks.content_coding(CONTENT_CODING)),
    Check("body size", checks.body_size(BODY_SIZE)),
    Check("head", checks.head, local=True),
    Check("whole", checks.whole, local=True),
)
