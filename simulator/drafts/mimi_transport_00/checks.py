"""What is checked of a request, in the order of PROTOCOL.md section 2: it hears of the first rule that it breaks.

What is cheap comes first: a request that is refused by its head costs no more than its head.
"""

from collections.abc import Collection

from simulator.drafts import checks
from simulator.drafts.call import Call, Check, Tenancy
from simulator.services.refusal import Code, Refusal

_SECTION = "PROTOCOL.md section 2"
_RATES = "PROTOCOL.md section 7"


def recipient(call: Call) -> None:
    """The check against forwarding attacks. Raises Refusal wrong_recipient."""
    named = None if call.envelope is None else call.envelope.recipient
    if named is not None and named != call.server.name:
        raise Refusal(Code.wrong_recipient, f"this is for {named}, not for {call.server.name}")


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
    Check("recipient", recipient, "[T] Transport", "P-2-403", local=True),
    Check("rate by address", address_rate, _RATES, "T-RATE-ADDRESS"),
    Check("certificate", certificate, _SECTION, "P-2-MUTUAL-TLS"),
    Check("rate by sender", sender_rate, _RATES, "P-7-PROVIDER"),
    Check("whole", checks.whole, local=True),
    Check("rate by group and member", member_rate, _RATES, "T-RATE-MEMBER", local=True),
    Check("provider's signature", checks.provider_signature, "PROTOCOL.md section 5", "T-VERIFICATION-KEY-USE"),
)


def _tenant_of(call: Call, tenants: Collection[str]) -> str:
    """[T] allows any host: `recipient` is the only thing in a request that says whom it is for."""
    named = (call.envelope and call.envelope.recipient) or "nobody"
    if named not in tenants:
        rule = f"this is for {named}, and {call.server.name} is the DS host of {' and '.join(tenants)}"
        raise Refusal(Code.wrong_recipient, rule, _SECTION)
    return named


TENANCY = Tenancy(_tenant_of, _SECTION)
