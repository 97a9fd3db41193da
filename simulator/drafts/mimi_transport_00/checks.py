"""What is checked of a request, in the order of PROTOCOL.md section 2: it hears of the first rule that it breaks.

What is cheap comes first: a request that is refused by its head costs no more than its head.
"""

from simulator.drafts.mimi_transport_00.rules.recipient import recipient, tenant_of
from simulator.drafts.requests import http_checks as checks
from simulator.drafts.requests.call import Call, Check, Tenancy
from simulator.drafts.requests.http_checks import http_rule
from simulator.rules import check
from simulator.services.refusal import Code, rule
from simulator.services.signing import SIGNED

_SECTION = "PROTOCOL.md section 2"
_RATES = "PROTOCOL.md section 7"

HOST = http_rule("P-2-421", Code.malformed, 421, _SECTION)
PATH = http_rule("P-2-404", Code.unsupported_operation, 404, _SECTION, essential="there is nothing that would serve it")
METHOD = http_rule("P-2-405", Code.unsupported_operation, 405, _SECTION)
CONTENT_TYPE = http_rule("P-2-415", Code.malformed, 415, _SECTION, part="TYPE")
CONTENT_CODING = http_rule("P-2-415", Code.malformed, 415, _SECTION, part="CODING")
BODY_SIZE = http_rule("P-2-413", Code.malformed, 413, _SECTION, essential="the rest of it has not been read")
CERTIFICATE = rule("P-2-MUTUAL-TLS", Code.not_authorized, _SECTION)
SIGNATURE = rule("T-VERIFICATION-KEY-USE", Code.invalid_signature, SIGNED)
ADDRESSES = rule("T-RATE-ADDRESS", Code.rate_limited, _RATES)
PROVIDERS = rule("P-7-PROVIDER", Code.rate_limited, _RATES)
GROUPS = rule("T-RATE-GROUP", Code.rate_limited, _RATES)
MEMBERS = rule("T-RATE-MEMBER", Code.rate_limited, _RATES, part="MEMBER")
CLIENTS = rule("T-RATE-MEMBER", Code.rate_limited, _RATES, part="CLIENT")

RATES = {"address": ADDRESSES, "provider": PROVIDERS, "group": GROUPS, "member": MEMBERS, "client": CLIENTS}
"""By the kind of key that requests are counted by."""


def address_rate(call: Call) -> None:
    """Only the address draws until the sender is known: with mutual TLS, or by a token. Raises Refusal rate_limited."""
    if _address_first(call):
        call.server.check_rate((_address(call),), RATES)


def certificate(call: Call) -> None:
    """With mutual TLS, whoever says who it is must have shown a certificate for that name. Raises Refusal."""
    sender = None if call.envelope is None else call.envelope.sender
    if call.server.mutual_tls and sender is not None:
        covered = call.request.covers(sender)
        check(CERTIFICATE, covered, f"the TLS client certificate does not cover the sender {sender}")


def sender_rate(call: Call) -> None:
    """The buckets that the head names. Raises Refusal rate_limited.

    With mutual TLS nobody can draw from those that are in somebody else's name.
    """
    keys = () if call.envelope is None else call.envelope.rate_keys
    call.server.check_rate(keys if _address_first(call) else (_address(call), *keys), RATES)


def member_rate(call: Call) -> None:
    """The buckets that only the whole request names. Raises Refusal rate_limited."""
    if call.incoming is not None:
        call.server.check_rate(call.incoming.envelope.rate_keys, RATES)


def _address_first(call: Call) -> bool:
    return call.server.mutual_tls or call.server.protects(call.found)


def _address(call: Call) -> str:
    return f"address {call.request.address}"


CHECKS = (
    Check("host", checks.host(HOST), shared=True),
    Check("path", checks.path(PATH), shared=True),
    Check("method", checks.method(METHOD), shared=True),
    Check("content type", checks.content_type(CONTENT_TYPE), shared=True),
    Check("content coding", checks.content_coding(CONTENT_CODING), shared=True),
    Check("body size", checks.body_size(BODY_SIZE), shared=True),
    Check("head", checks.head, shared=True, local=True),
    Check("recipient", recipient, local=True),
    Check("rate by address", address_rate),
    Check("certificate", certificate),
    Check("token", checks.token),
    Check("rate by sender", sender_rate),
    Check("whole", checks.whole, local=True),
    Check("rate by group and member", member_rate, local=True),
    Check("spend", checks.spend),
    Check("provider's signature", checks.provider_signature(SIGNATURE), "PROTOCOL.md section 5"),
)


TENANCY = Tenancy(tenant_of, _SECTION)
