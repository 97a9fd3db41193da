"""What is checked of a request, in the order of PROTOCOL.md, Transport: it hears of the first rule that it breaks.

Opening a request looks at its path variable, at its body, whether the two agree, and whether From may say this. Whether
room or user is ours, and whatever needs them, an operation finds out.
"""

from simulator.drafts.mimi_protocol_06.sender import covered
from simulator.drafts.requests import http_checks as checks
from simulator.drafts.requests.call import Call, Check
from simulator.drafts.requests.http_checks import http_rule
from simulator.services.refusal import Code, rule

_SECTION = "PROTOCOL.md, Transport"
_RATES = "PROTOCOL.md, Rates"

HOST = http_rule("P6-2-421", Code.malformed, 421, _SECTION)
PATH = http_rule(
    "P6-2-404", Code.unsupported_operation, 404, _SECTION, essential="there is nothing that would serve it"
)
METHOD = http_rule("P6-2-405", Code.unsupported_operation, 405, _SECTION)
CONTENT_TYPE = http_rule("P6-2-415", Code.malformed, 415, _SECTION, part="TYPE")
CONTENT_CODING = http_rule("P6-2-415", Code.malformed, 415, _SECTION, part="CODING")
BODY_SIZE = http_rule("P6-2-413", Code.malformed, 413, _SECTION, essential="the rest of it has not been read")

RATES = {
    kind: rule("P6-8-RATES", Code.rate_limited, _RATES, part=kind.upper())
    for kind in ("address", "provider", "group", "member", "requester")
}
"""By the kind of key that requests are counted by."""
ADDRESS_RATE, PROVIDER_RATE, GROUP_RATE, MEMBER_RATE, REQUESTER_RATE = RATES.values()


def sender_rate(call: Call) -> None:
    """The buckets of the address and of the provider in From, whose certificate was shown: nobody else can draw from
    them. Raises Refusal rate_limited.
    """
    keys = () if call.envelope is None else call.envelope.rate_keys
    call.server.check_rate((f"address {call.request.address}", *keys), RATES)


def content_rate(call: Call) -> None:
    """The buckets that only the whole request names. Raises Refusal rate_limited."""
    if call.incoming is not None:
        call.server.check_rate(call.incoming.envelope.rate_keys, RATES)


CHECKS = (
    Check("host", checks.host(HOST)),
    Check("path", checks.path(PATH)),
    Check("method", checks.method(METHOD)),
    Check("from", checks.head, local=True),
    Check("certificate", covered),
    Check("content type", checks.content_type(CONTENT_TYPE)),
    Check("content coding", checks.content_coding(CONTENT_CODING)),
    Check("body size", checks.body_size(BODY_SIZE)),
    Check("token", checks.token),
    Check("rate by address and provider", sender_rate),
    Check("whole", checks.whole, local=True),
    Check("rate by group, member and requester", content_rate, local=True),
    Check("spend", checks.spend),
)
