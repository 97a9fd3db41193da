"""What is checked of a request, in the order of PROTOCOL.md section 2: it hears of the first rule that it breaks.

What is cheap comes first: a request that is refused by its head costs no more than its head.
"""

from simulator.drafts.mimi_transport_00.rules.recipient import recipient, tenant_of
from simulator.drafts.requests import http_checks as checks
from simulator.drafts.requests.call import Call, Check, Tenancy
from simulator.services.refusal import Code, Refusal

_SECTION = "PROTOCOL.md section 2"
_RATES = "PROTOCOL.md section 7"


def address_rate(call: Call) -> None:
    """With mutual TLS only the address draws until the sender is known. Raises Refusal rate_limited."""
    if call.server.mutual_tls:
        call.server.check_rate((_address(call),))


def certificate(call: Call) -> None:
    """With mutual TLS, whoever says who it is must have shown a certificate for that name. Raises Refusal."""
    sender = None if call.envelope is None else call.envelope.sender
    if call.server.mutual_tls and sender is not None and not call.request.covers(sender):
        raise Refusal(Code.not_authorized, f"the TLS client certificate does not cover the sender {sender}")


def sender_rate(call: Call) -> None:
    """The buckets that the head names. Raises Refusal rate_limited.

    With mutual TLS nobody can draw from those that are in somebody else's name.
    """
    keys = () if call.envelope is None else call.envelope.rate_keys
    call.server.check_rate(keys if call.server.mutual_tls else (_address(call), *keys))


def member_rate(call: Call) -> None:
    """The buckets that only the whole request names. Raises Refusal rate_limited."""
    if call.incoming is not None:
        call.server.check_rate(call.incoming.envelope.rate_keys)


def _address(call: Call) -> str:
    return f"address {call.request.address}"


CHECKS = (
    Check("host", checks.host, _SECTION, "P-2-421", shared=True),
    Check("path", checks.path, _SECTION, "P-2-404", shared=True),
    Check("method", checks.method, _SECTION, "P-2-405", shared=True),
    Check("content type", checks.content_type, _SECTION, "P-2-415", shared=True),
    Check("content coding", checks.content_coding, _SECTION, "P-2-415", shared=True),
    Check("body size", checks.body_size, _SECTION, "P-2-413", shared=True),
    Check("head", checks.head, shared=True, local=True),
    Check("recipient", recipient, local=True),
    Check("rate by address", address_rate, _RATES, "T-RATE-ADDRESS"),
    Check("certificate", certificate, _SECTION, "P-2-MUTUAL-TLS"),
    Check("rate by sender", sender_rate, _RATES, "P-7-PROVIDER"),
    Check("whole", checks.whole, local=True),
    Check("rate by group and member", member_rate, _RATES, "T-RATE-MEMBER", local=True),
    Check("provider's signature", checks.provider_signature, "PROTOCOL.md section 5", "T-VERIFICATION-KEY-USE"),
)


TENANCY = Tenancy(tenant_of, _SECTION)
